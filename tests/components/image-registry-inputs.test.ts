import { expect } from "chai";
import {
  creationPolicy,
  imageKeyPolicy,
  pullPolicy,
} from "../../components/image-registry/policies";
import {
  accountId,
  away,
  dependenciesOf,
  home,
  inputsOf,
  register,
  small,
  whole,
} from "./image-registry-fixture";

describe("what ImageRegistry asks of AWS", () => {
  it("names repositories by namespace and service, with immutable tags, scans and its own key", async () => {
    const registrations = await register(whole);
    const keyArn = `arn:aws:kms:${home}:${accountId}:key/images-key-us-west-2-id`;
    expect(inputsOf(registrations, "images-repository-api")).to.deep.equal({
      region: home,
      name: "auterity/api",
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: keyArn }],
      tags: { team: "platform" },
    });
    expect(inputsOf(registrations, "images-replica-repository-api")).to.deep.equal({
      ...inputsOf(registrations, "images-repository-api"),
      region: away,
      encryptionConfigurations: [
        {
          encryptionType: "KMS",
          kmsKey: `arn:aws:kms:${away}:${accountId}:key/images-replica-key-us-east-2-id`,
        },
      ],
    });
  });

  it("rotates the key of each region, which ECR's own role may use as well", async () => {
    const registrations = await register(whole);
    for (const [name, region] of [
      ["images-key-us-west-2", home],
      ["images-replica-key-us-east-2", away],
    ] as const) {
      const { policy, ...rest } = inputsOf(registrations, name);
      expect(rest).to.deep.equal({
        region,
        description: `Images of auterity in ${region}`,
        enableKeyRotation: true,
        deletionWindowInDays: 30,
        tags: { team: "platform" },
      });
      expect(JSON.parse(String(policy))).to.deep.equal(
        imageKeyPolicy(
          { region, accountId },
          `arn:aws:iam::${accountId}:role/images-creation-role`,
        ),
      );
    }
    const alone = inputsOf(await register(small), "images-key-us-west-2");
    expect(JSON.parse(String(alone["policy"]))).to.deep.equal(
      imageKeyPolicy({ region: home, accountId }),
    );
  });

  it("bounds the role with which ECR creates repositories, where a boundary is given", async () => {
    const permissionsBoundaryArn = `arn:aws:iam::${accountId}:policy/boundary`;
    const bound = await register({ ...whole, permissionsBoundaryArn });
    expect(inputsOf(bound, "images-creation-role")["permissionsBoundary"]).to.equal(
      permissionsBoundaryArn,
    );
    expect(inputsOf(await register(whole), "images-creation-role")).not.to.have.property(
      "permissionsBoundary",
    );
  });

  it("lets ECR create cached repositories here and copied ones there, each with that region's key", async () => {
    const registrations = await register(whole);
    const { role, policy } = inputsOf(registrations, "images-creation-policy");
    expect(role).to.equal("images-creation-role");
    expect(JSON.parse(String(policy))).to.deep.equal(
      creationPolicy(accountId, [
        {
          region: home,
          namespace: "auterity-cache",
          keyArn: `arn:aws:kms:${home}:${accountId}:key/images-key-us-west-2-id`,
        },
        {
          region: away,
          namespace: "auterity",
          keyArn: `arn:aws:kms:${away}:${accountId}:key/images-replica-key-us-east-2-id`,
        },
      ]),
    );
  });

  it("lets other accounts pull from the originals and the copies alike", async () => {
    const registrations = await register(whole);
    for (const [name, region] of [
      ["images-pull-api", home],
      ["images-replica-pull-api", away],
    ] as const) {
      const { policy, ...rest } = inputsOf(registrations, name);
      expect(rest).to.deep.equal({ region, repository: "auterity/api" });
      expect(JSON.parse(String(policy))).to.deep.equal(pullPolicy(["210987654321"]));
    }
  });

  it("copies the namespace and nothing else, once the copies' repositories are there", async () => {
    const registrations = await register(whole);
    expect(inputsOf(registrations, "images-replication")).to.deep.equal({
      region: home,
      replicationConfiguration: {
        rules: [
          {
            destinations: [{ region: away, registryId: accountId }],
            repositoryFilters: [{ filter: "auterity/", filterType: "PREFIX_MATCH" }],
          },
        ],
      },
    });
    expect(dependenciesOf(registrations, "images-replication")).to.deep.equal([
      "images-creation-policy",
      "images-replica-repository-api",
      "images-replica-repository-worker",
      "images-template-us-east-2",
    ]);
    const { lifecyclePolicy, ...rest } = inputsOf(registrations, "images-template-us-east-2");
    expect(rest).to.deep.equal({
      region: away,
      prefix: "auterity",
      description: "Replicas from us-west-2",
      appliedFors: ["REPLICATION"],
      customRoleArn: `arn:aws:iam::${accountId}:role/images-creation-role`,
      encryptionConfigurations: [
        {
          encryptionType: "KMS",
          kmsKey: `arn:aws:kms:${away}:${accountId}:key/images-replica-key-us-east-2-id`,
        },
      ],
      imageTagMutability: "IMMUTABLE",
      resourceTags: { team: "platform" },
    });
    expect(lifecyclePolicy).to.equal(
      inputsOf(registrations, "images-replica-lifecycle-api")["policy"],
    );
  });

  it("caches each upstream under its own prefix, in repositories made by its template", async () => {
    const registrations = await register(whole);
    expect(inputsOf(registrations, "images-cache-public.ecr.aws")).to.deep.equal({
      region: home,
      ecrRepositoryPrefix: "auterity-cache/ecr-public",
      upstreamRegistryUrl: "public.ecr.aws",
    });
    expect(inputsOf(registrations, "images-cache-docker.io")).to.deep.equal({
      region: home,
      ecrRepositoryPrefix: "auterity-cache/docker-hub",
      upstreamRegistryUrl: "registry-1.docker.io",
      credentialArn: `arn:aws:secretsmanager:${home}:${accountId}:secret:ecr-pullthroughcache/docker-hub-AbCdEf`,
    });
    expect(dependenciesOf(registrations, "images-cache-docker.io")).to.deep.equal([
      "images-creation-policy",
      "images-template-docker.io",
    ]);
    const { lifecyclePolicy, ...rest } = inputsOf(registrations, "images-template-docker.io");
    expect(rest).to.deep.equal({
      region: home,
      prefix: "auterity-cache/docker-hub",
      description: "Images of docker.io",
      appliedFors: ["PULL_THROUGH_CACHE"],
      customRoleArn: `arn:aws:iam::${accountId}:role/images-creation-role`,
      encryptionConfigurations: [
        {
          encryptionType: "KMS",
          kmsKey: `arn:aws:kms:${home}:${accountId}:key/images-key-us-west-2-id`,
        },
      ],
      imageTagMutability: "IMMUTABLE",
      resourceTags: { team: "platform" },
    });
    expect(JSON.parse(String(lifecyclePolicy))).to.deep.equal({
      rules: [
        {
          rulePriority: 1,
          description: "Expire cached images 90 days after they were fetched",
          selection: {
            tagStatus: "any",
            countType: "sinceImagePushed",
            countUnit: "days",
            countNumber: 90,
          },
          action: { type: "expire" },
        },
      ],
    });
  });

  it("scans the whole account only if asked, in both regions", async () => {
    const rules = async (registryScanning: "BASIC" | "ENHANCED") => {
      const registrations = await register({ ...whole, registryScanning });
      return [home, away].map((region) => inputsOf(registrations, `images-scanning-${region}`));
    };
    const expected = (region: string, scanType: string, scanFrequency: string) => ({
      region,
      scanType,
      rules: [{ scanFrequency, repositoryFilters: [{ filter: "*", filterType: "WILDCARD" }] }],
    });
    expect(await rules("BASIC")).to.deep.equal([
      expected(home, "BASIC", "SCAN_ON_PUSH"),
      expected(away, "BASIC", "SCAN_ON_PUSH"),
    ]);
    expect(await rules("ENHANCED")).to.deep.equal([
      expected(home, "ENHANCED", "CONTINUOUS_SCAN"),
      expected(away, "ENHANCED", "CONTINUOUS_SCAN"),
    ]);
  });
});
