import { expect } from "chai";
import type { Registration } from "../../support/engine";
import { startOfflineEngine, valueOf } from "../../support/engine";
import { full, least, registered } from "./fixture";

const bucket = (role: string) => [
  ["aws:s3/bucket:Bucket", role, true],
  [
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    `${role}-encryption`,
    false,
  ],
  ["aws:s3/bucketOwnershipControls:BucketOwnershipControls", `${role}-ownership`, false],
  ["aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", `${role}-public-access`, false],
  ["aws:s3/bucketPolicy:BucketPolicy", `${role}-policy`, false],
  ["aws:s3/bucketVersioning:BucketVersioning", `${role}-versioning`, false],
  ["aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", `${role}-lifecycle`, false],
];
const firewallLogs = "auterity-dev-firewall-logs";
const probe = "auterity-dev-edge-probe";
const always = [
  ["platform:network:EdgeProtection", "auterity-dev", false],
  ["aws:kms/key:Key", "auterity-dev-edge-logs", true],
  ["aws:wafv2/webAcl:WebAcl", "auterity-dev", false],
  ...bucket(firewallLogs),
  ["aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", firewallLogs, false],
  ...bucket("auterity-dev-balancer-logs"),
  ["aws:acm/certificate:Certificate", "auterity-dev-public", false],
  ["aws:cloudwatch/logGroup:LogGroup", probe, false],
  ["aws:iam/role:Role", probe, false],
  ["aws:iam/rolePolicy:RolePolicy", probe, false],
  ["aws:lambda/function:Function", probe, false],
  ["aws:iam/role:Role", `${probe}-schedule`, false],
  ["aws:iam/rolePolicy:RolePolicy", `${probe}-schedule`, false],
  ["aws:scheduler/schedule:Schedule", `${probe}-schedule`, false],
  ["aws:cloudwatch/metricAlarm:MetricAlarm", `${probe}-api.platform.example`, false],
  ["aws:cloudwatch/metricAlarm:MetricAlarm", `${probe}-app.platform.example`, false],
];
const identities = (registrations: readonly Registration[]) =>
  registrations.map(({ type, name, protect }) => [type, name, protect]);

describe("EdgeProtection: what it registers", () => {
  for (const mode of ["known", "unknown"] as const) {
    it(`is firewall, logs, certificate, probe and an alarm by host (${mode} values)`, async () => {
      const { registrations } = await registered(least, mode);
      expect(identities(registrations)).to.have.deep.members(always);
    });

    it(`proves the certificate where it has a zone for it (${mode} values)`, async () => {
      const { registrations } = await registered(full, mode);
      expect(identities(registrations)).to.have.deep.members([
        ...always,
        ["aws:route53/record:Record", "auterity-dev-validation-platform.example", false],
        ["aws:acm/certificateValidation:CertificateValidation", "auterity-dev-public", false],
      ]);
    });
  }

  it("hangs under the component, and is not protected where that is asked", async () => {
    const { registrations } = await registered({ ...full, protect: false });
    const [self, ...children] = registrations;
    expect(new Set(children.map(({ parent }) => parent))).to.deep.equal(new Set([self?.urn]));
    expect(registrations.filter(({ protect }) => protect)).to.deep.equal([]);
    const buckets = registrations.filter(({ type }) => type === "aws:s3/bucket:Bucket");
    expect(buckets.map(({ inputs }) => inputs["forceDestroy"])).to.deep.equal([true, true]);
  });

  it("writes no log before its bucket is closed and encrypted", async () => {
    const { registrations } = await registered(least);
    const logging = registrations.find(({ type }) => type.endsWith(":WebAclLoggingConfiguration"));
    const before = registrations
      .filter(({ urn }) => logging?.dependencies.includes(urn))
      .map(({ name }) => name);
    expect(before).to.have.members([
      "auterity-dev",
      firewallLogs,
      `${firewallLogs}-encryption`,
      `${firewallLogs}-ownership`,
      `${firewallLogs}-public-access`,
      `${firewallLogs}-policy`,
      `${firewallLogs}-versioning`,
    ]);
  });
});

describe("EdgeProtection: what it tells", () => {
  it("is firewall, certificate, its records and where the load balancer logs", async () => {
    const { edge } = await registered(full);
    expect(await valueOf(edge.webAclArn)).to.equal(
      "arn:aws:wafv2:us-west-2:123456789012:auterity-dev",
    );
    expect(await valueOf(edge.certificateArn)).to.equal(
      "arn:aws:acm:us-west-2:123456789012:certificate/auterity-dev-public-id",
    );
    expect(await valueOf(edge.validationRecords)).to.deep.equal([
      {
        name: "_proof.platform.example.",
        type: "CNAME",
        value: "_proof.acm-validations.aws.",
      },
    ]);
    const { access, connection } = edge.balancerLogs;
    expect(await valueOf(access.bucket)).to.equal("auterity-dev-balancer-logs");
    expect(await valueOf(connection.bucket)).to.equal("auterity-dev-balancer-logs");
    expect([access.prefix, connection.prefix]).to.deep.equal(["access", "connection"]);
    expect(await valueOf(edge.firewallLogBucketName)).to.equal(firewallLogs);
  });
});

describe("the example of EdgeProtection", () => {
  it("runs by itself, all with the provider of its account", async () => {
    const engine = await startOfflineEngine({
      config: {
        "auterity:accountId": "123456789012",
        "auterity:domain": "platform.example",
        "auterity:hostedZoneId": "Z123",
      },
    });
    await import("../../../examples/edge-protection/index.js");
    await engine.settle();
    const own = engine.registrations.filter(({ type }) => type.startsWith("aws:"));
    expect(own.map(({ type }) => type)).to.include("aws:wafv2/webAcl:WebAcl");
    const providers = own.map(({ provider }) => provider.split("::")[3]);
    expect(new Set(providers)).to.deep.equal(new Set(["account"]));
  });
});
