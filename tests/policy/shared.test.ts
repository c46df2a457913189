import { expect } from "chai";
import { imagesInValues, locationOf } from "../../policy/shared/chart-values";
import { isWide, readDocument } from "../../policy/shared/iam-document";
import { parseImage } from "../../policy/shared/image-reference";
import { matchesSegments, matchesWildcard } from "../../policy/shared/pattern";
import { hasEnded } from "../../policy/shared/waivers";
import { digest } from "./fixtures";

describe("policy/shared", () => {
  it("takes an image name apart as a container runtime does", () => {
    const cases: [string, ReturnType<typeof parseImage>][] = [
      ["nginx", { registry: "docker.io", repository: "library/nginx" }],
      ["nginx:1.27", { registry: "docker.io", repository: "library/nginx", tag: "1.27" }],
      ["grafana/loki:3", { registry: "docker.io", repository: "grafana/loki", tag: "3" }],
      ["localhost/x", { registry: "localhost", repository: "x" }],
      ["host:5000/a/b:c", { registry: "host:5000", repository: "a/b", tag: "c" }],
      ["host:5000/a", { registry: "host:5000", repository: "a" }],
      [`quay.io/a/b@${digest}`, { registry: "quay.io", repository: "a/b", digest }],
      [`quay.io/a/b:v1@${digest}`, { registry: "quay.io", repository: "a/b", tag: "v1", digest }],
      ["", undefined],
      ["UPPER/case", undefined],
      ["a b", undefined],
      ["a/:tag", undefined],
      ["{{ image }}", undefined],
      ["a:tag:tag", undefined],
    ];
    for (const [text, expected] of cases) expect(parseImage(text), text).to.deep.equal(expected);
  });

  it("matches as IAM does, whatever the case", () => {
    const cases: [string, string, boolean][] = [
      ["s3:Get*", "s3:getobject", true],
      ["s3:Get?bject", "s3:GetObject", true],
      ["s3:Get", "s3:GetObject", false],
      ["*:ResourceTag/*", "aws:ResourceTag/team", true],
      ["a.c", "abc", false],
      ["urn:*::x$y::*", "urn:pulumi:a::x$y::b", true],
    ];
    for (const [pattern, text, expected] of cases)
      expect(matchesWildcard(pattern, text), `${pattern} ${text}`).to.equal(expected);
  });

  it("keeps a single star within a segment", () => {
    const cases: [string, string, boolean][] = [
      ["*.example/app/**", "one.example/app/x/y", true],
      ["*.example/app/**", "evil/one.example/app/x", false],
      ["arn:aws:iam::*:role/deploy", "arn:aws:iam::1:role/deploy", true],
      ["arn:aws:iam::*:role/deploy", "arn:aws:iam::1:role/path/deploy", false],
      ["**", "a/b:c", true],
    ];
    for (const [pattern, text, expected] of cases)
      expect(matchesSegments(pattern, text), `${pattern} ${text}`).to.equal(expected);
  });

  it("calls an ARN wide only if it leaves the resource open", () => {
    const wide = [
      "*",
      "**",
      "arn:aws:s3:::*",
      "arn:aws:s3:::*/*",
      "arn:aws:iam::1:role/*",
      "arn:*:*:*:*:*",
      "arn:aws:secretsmanager:us-west-2:1:secret:*",
    ];
    const narrow = [
      "arn:aws:s3:::b",
      "arn:aws:s3:::b/*",
      "arn:aws:iam::1:role/a*",
      "arn:aws:iam::1:role/app/*",
      "arn:aws:logs:us-west-2:1:log-group:/aws/x:*",
    ];
    expect(wide.filter((arn) => !isWide(arn))).to.deep.equal([]);
    expect(narrow.filter(isWide)).to.deep.equal([]);
  });

  it("reads every spelling of a policy document", () => {
    const read = readDocument(() => ({
      Statement: {
        Sid: "S",
        Effect: "Allow",
        Action: "a:b",
        Resource: ["r", "s"],
        Principal: { Service: ["x", "y"], AWS: "*" },
        Condition: { Bool: { "aws:SecureTransport": false } },
      },
    }));
    expect(read).to.deep.equal([
      {
        label: 'statement "S"',
        allows: true,
        actions: ["a:b"],
        notActions: [],
        resources: ["r", "s"],
        notResources: [],
        principals: [
          { kind: "Service", value: "x" },
          { kind: "Service", value: "y" },
          { kind: "*", value: "*" },
        ],
        excludesPrincipals: false,
        conditions: [{ operator: "Bool", key: "aws:SecureTransport", values: ["false"] }],
        incomplete: false,
      },
    ]);
    expect(readDocument(() => undefined)).to.equal(undefined);
    expect(readDocument(() => "[]")).to.equal("unreadable");
  });

  it("finds images in the values of charts as they spell them", () => {
    const values = {
      image: { registry: "quay.io", repository: "a/b", tag: `v1@${digest}` },
      thanosImage: "quay.io/t/t:v2",
      defaultImageRegistry: "quay.io",
      imagePullSecrets: [{ name: "x" }],
      fullImageName: "",
      chart: { repository: "https://charts.example" },
    };
    const images = imagesInValues(values);
    expect(images).to.deep.equal([
      { path: "values.image", registry: "quay.io", repository: "a/b", tag: "v1", digest },
      { path: "values.thanosImage", registry: "quay.io", repository: "t/t", tag: "v2" },
    ]);
    expect(images.map(locationOf)).to.deep.equal(["quay.io/a/b", "quay.io/t/t"]);
  });

  it("lets a waiver hold through its last day, in UTC", () => {
    const until = "2027-03-01";
    expect(hasEnded({ until }, new Date("2027-03-01T23:59:59Z"))).to.equal(false);
    expect(hasEnded({ until }, new Date("2027-03-02T00:00:00Z"))).to.equal(true);
  });
});
