import { expect } from "chai";
import {
  type ImageCache,
  pullThroughImage,
  pullThroughPolicy,
} from "../../components/image-registry";
import { planReleaseLifecycle } from "../../components/image-registry/lifecycle";
import {
  creationPolicy,
  creationTrustPolicy,
  imageKeyPolicy,
  pullPolicy,
} from "../../components/image-registry/policies";

const location = { region: "us-west-2", accountId: "123456789012" };
const account = { AWS: "arn:aws:iam::123456789012:root" };
const grantActions = ["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"];

describe("policies of the image registry", () => {
  it("let the account administer the key and ECR alone work with it", () => {
    const [administer, ...others] = imageKeyPolicy(location).Statement;
    expect(administer?.Principal).to.deep.equal(account);
    const cryptography = /^kms:(Decrypt|Encrypt|ReEncrypt|Generate|CreateGrant|\*)/;
    expect(
      [administer?.Action ?? []].flat().filter((action) => cryptography.test(action)),
    ).to.deep.equal([]);
    expect(administer?.Action).to.include.members(["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"]);
    expect(others).to.deep.equal([
      {
        Sid: "GrantToRegistry",
        Effect: "Allow",
        Principal: account,
        Action: grantActions,
        Resource: "*",
        Condition: { StringEquals: { "kms:ViaService": "ecr.us-west-2.amazonaws.com" } },
      },
    ]);
  });

  it("let ECR's own role use the key for the repositories that it creates", () => {
    expect(
      imageKeyPolicy(location, "arn:aws:iam::123456789012:role/creation").Statement[2],
    ).to.deep.equal({
      Sid: "GrantToCreationRole",
      Effect: "Allow",
      Principal: account,
      Action: grantActions,
      Resource: "*",
      Condition: { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/creation" } },
    });
  });

  it("let other accounts pull and nothing else", () => {
    expect(pullPolicy(["210987654321", "321098765432"]).Statement).to.deep.equal([
      {
        Sid: "PullFromAccounts",
        Effect: "Allow",
        Principal: {
          AWS: ["arn:aws:iam::210987654321:root", "arn:aws:iam::321098765432:root"],
        },
        Action: [
          "ecr:BatchCheckLayerAvailability",
          "ecr:BatchGetImage",
          "ecr:GetDownloadUrlForLayer",
        ],
      },
    ]);
  });

  it("let ECR create repositories in the namespaces that are its own to fill, with their keys", () => {
    expect(creationTrustPolicy.Statement).to.deep.equal([
      { Effect: "Allow", Principal: { Service: "ecr.amazonaws.com" }, Action: "sts:AssumeRole" },
    ]);
    expect(
      creationPolicy(location.accountId, [
        { region: "us-west-2", namespace: "auterity-cache", keyArn: "key-1" },
        { region: "us-east-2", namespace: "auterity", keyArn: "key-2" },
      ]).Statement,
    ).to.deep.equal([
      {
        Sid: "CreateRepositories",
        Effect: "Allow",
        Action: ["ecr:CreateRepository", "ecr:ReplicateImage", "ecr:TagResource"],
        Resource: [
          "arn:aws:ecr:us-west-2:123456789012:repository/auterity-cache/*",
          "arn:aws:ecr:us-east-2:123456789012:repository/auterity/*",
        ],
      },
      { Sid: "EncryptThem", Effect: "Allow", Action: grantActions, Resource: ["key-1", "key-2"] },
    ]);
  });

  it("let nodes fill the caches that there are", () => {
    expect(
      pullThroughPolicy({ ...location, namespace: "auterity" }, ["quay.io", "registry.k8s.io"])
        .Statement,
    ).to.deep.equal([
      {
        Sid: "FillImageCache",
        Effect: "Allow",
        Action: ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"],
        Resource: [
          "arn:aws:ecr:us-west-2:123456789012:repository/auterity-cache/quay/*",
          "arn:aws:ecr:us-west-2:123456789012:repository/auterity-cache/kubernetes/*",
        ],
      },
    ]);
  });

  it("keep the newest releases, and untagged images for some days", () => {
    expect(planReleaseLifecycle(30, 7)).to.deep.equal({
      rules: [
        {
          rulePriority: 1,
          description: "Expire untagged images after 7 days",
          selection: {
            tagStatus: "untagged",
            countType: "sinceImagePushed",
            countUnit: "days",
            countNumber: 7,
          },
          action: { type: "expire" },
        },
        {
          rulePriority: 2,
          description: "Keep the newest 30 releases",
          selection: {
            tagStatus: "tagged",
            tagPatternList: ["*"],
            countType: "imageCountMoreThan",
            countNumber: 30,
          },
          action: { type: "expire" },
        },
      ],
    });
  });
});

describe("pullThroughImage", () => {
  const host = "123456789012.dkr.ecr.us-west-2.amazonaws.com";
  const cache: ImageCache = {
    registryHost: host,
    namespace: "auterity",
    upstreams: ["public.ecr.aws", "registry.k8s.io", "docker.io"],
  };
  const digest = `sha256:${"0".repeat(64)}`;
  const rewritten: [image: string, expected: string][] = [
    [
      "public.ecr.aws/eks/aws-load-balancer-controller",
      "auterity-cache/ecr-public/eks/aws-load-balancer-controller",
    ],
    ["registry.k8s.io/pause:3.10", "auterity-cache/kubernetes/pause:3.10"],
    [`registry.k8s.io/a/b/c:v1@${digest}`, `auterity-cache/kubernetes/a/b/c:v1@${digest}`],
    ["docker.io/grafana/grafana:12", "auterity-cache/docker-hub/grafana/grafana:12"],
    ["docker.io/nginx", "auterity-cache/docker-hub/library/nginx"],
    ["grafana/grafana:12", "auterity-cache/docker-hub/grafana/grafana:12"],
    [`nginx@${digest}`, `auterity-cache/docker-hub/library/nginx@${digest}`],
    ["nginx:1", "auterity-cache/docker-hub/library/nginx:1"],
  ];
  for (const [image, expected] of rewritten)
    it(`finds ${image} in its cache`, () => {
      expect(pullThroughImage(cache, image)).to.equal(`${host}/${expected}`);
    });

  it("leaves what is in the registry already", () => {
    expect(pullThroughImage(cache, `${host}/auterity/api:1`)).to.equal(`${host}/auterity/api:1`);
    const once = pullThroughImage(cache, "nginx:1");
    expect(pullThroughImage(cache, once)).to.equal(once);
  });

  it("refuses what has no cache", () => {
    const cached = "cached: public.ecr.aws, registry.k8s.io, docker.io";
    for (const [image, registry] of [
      ["quay.io/argoproj/argocd:v3", "quay.io"],
      ["nvcr.io/nvidia/k8s-device-plugin:v1", "nvcr.io"],
      ["localhost/api", "localhost"],
      ["localhost:5000/api", "localhost:5000"],
      ["constructor.io/x", "constructor.io"],
    ] as const)
      expect(() => pullThroughImage(cache, image)).to.throw(
        Error,
        `image ${image}: ${registry} has no pull-through cache; ${cached}`,
      );
    expect(() => pullThroughImage({ ...cache, upstreams: [] }, "nginx:1")).to.throw(
      Error,
      "image nginx:1: docker.io has no pull-through cache; cached: none",
    );
  });
});
