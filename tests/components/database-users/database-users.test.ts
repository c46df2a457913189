import { expect } from "chai";
import { DatabaseUsers, type DatabaseUsersArgs } from "../../../components/database-users";
import type { ArgsError } from "../../../components/shared/args-error";
import { databaseCertificates } from "../../../components/shared/database-certificates";
import { startOfflineEngine, valueOf } from "../../support/engine";

const secret = (name: string) => ({
  ...{
    name,
    variables: ["DATABASE_URL"],
    origin: "database-user" as const,
    rotation: { days: 30 },
  },
});

const own: DatabaseUsersArgs = {
  region: "us-west-2",
  accountId: "123456789012",
  environment: "prod",
  secrets: "own",
  cluster: {
    endpoint: "db.internal",
    port: 5432,
    securityGroupId: "sg-database",
    masterSecretArn: "arn:aws:secretsmanager:us-west-2:123456789012:secret:rds!cluster-1",
    masterPassword: "managed",
    keyArn: "arn:aws:kms:us-west-2:123456789012:key/database",
  },
  databases: ["mlflow", "shop"],
  clients: [
    { name: "shop-api", database: "shop", secrets: [secret("database")] },
    { name: "shop-web", secrets: [] },
  ],
  network: {
    vpcId: "vpc-1",
    subnetIds: ["subnet-1"],
    endpointSecurityGroupId: "sg-endpoints",
  },
  secretsKeyAlias: "alias/auterity-prod-secrets",
  permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/boundary",
};

async function registered(args: DatabaseUsersArgs, mode: "known" | "unknown" = "known") {
  const engine = await startOfflineEngine({ mode });
  const users = new DatabaseUsers("shop", args);
  await engine.settle();
  return { users, registrations: engine.registrations };
}

const functionOf = (name: string): string[] =>
  [
    "cloudwatch/logGroup:LogGroup",
    "iam/role:Role",
    "iam/rolePolicy:RolePolicy",
    "lambda/function:Function",
  ].map((type) => `aws:${type} shop-database-${name}`);
const network = [
  "aws:ec2/securityGroup:SecurityGroup shop-database-functions",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule shop-database-functions-secrets",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule shop-database-functions-database",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule shop-database-functions",
];
const replicatedParts = ["platform:data:DatabaseUsers shop", ...network, ...functionOf("users")];
const ownParts = [
  ...replicatedParts,
  ...functionOf("rotation"),
  "aws:lambda/permission:Permission shop-database-rotation",
];

describe("DatabaseUsers", () => {
  for (const mode of ["known", "unknown"] as const)
    it(`is a function that makes users and one that rotates them (${mode} values)`, async () => {
      const names = async (args: DatabaseUsersArgs) =>
        (await registered(args, mode)).registrations.map(({ type, name }) => `${type} ${name}`);
      expect(await names(own)).to.have.members(ownParts);
      expect(await names({ ...own, secrets: "replicated" })).to.have.members(replicatedParts);
      const cluster = { ...own.cluster, masterPassword: "own" as const };
      expect(await names({ ...own, cluster })).to.have.members([
        ...ownParts,
        "aws:secretsmanager/secretRotation:SecretRotation shop-database-master",
      ]);
    });

  it("orders a user for each service with a secret of the database", async () => {
    const { users } = await registered(own);
    expect(JSON.parse((await valueOf(users.order)) ?? "")).to.deep.equal({
      host: "db.internal",
      port: 5432,
      masterSecretId: own.cluster.masterSecretArn,
      writes: true,
      databases: ["mlflow", "shop"],
      users: [{ name: "shop_api", database: "shop", secretId: "auterity/prod/shop-api/database" }],
    });
  });

  it("lets the maker write these secrets and no other, under a name that policies know before", async () => {
    const policyOf = async (args: DatabaseUsersArgs) => {
      const { registrations } = await registered(args);
      const find = (type: string) =>
        registrations.find((one) => one.type === type && one.name === "shop-database-users")!
          .inputs;
      const { Statement } = JSON.parse(
        find("aws:iam/rolePolicy:RolePolicy")["policy"] as string,
      ) as {
        Statement: { Sid: string; Action: string[]; Resource: unknown }[];
      };
      return {
        role: find("aws:iam/role:Role"),
        of: (sid: string) => Statement.find(({ Sid }) => Sid === sid)!,
      };
    };
    const { role, of } = await policyOf(own);
    expect(role).to.include({
      name: "prod-us-west-2-database-users",
      path: "/auterity/database/",
      permissionsBoundary: own.permissionsBoundaryArn,
    });
    expect(of("UserSecrets")).to.deep.include({
      Action: [
        "secretsmanager:DescribeSecret",
        "secretsmanager:GetSecretValue",
        "secretsmanager:PutSecretValue",
      ],
      Resource: [
        "arn:aws:secretsmanager:us-west-2:123456789012:secret:auterity/prod/shop-api/database-??????",
      ],
    });
    const replicas = await policyOf({ ...own, secrets: "replicated" });
    expect(replicas.of("UserSecrets").Action).not.to.include("secretsmanager:PutSecretValue");
  });

  it("reaches the database and Secrets Manager alone", async () => {
    const { registrations } = await registered(own);
    const rules = registrations.filter(({ type }) => type.includes("EgressRule"));
    expect(
      rules.map(({ inputs }) => [inputs["referencedSecurityGroupId"], inputs["fromPort"]]),
    ).to.deep.equal([
      ["sg-endpoints", 443],
      ["sg-database", 5432],
    ]);
  });

  it("refuses databases and users that clash or are nowhere", async () => {
    const engine = await startOfflineEngine();
    const problems = (change: Partial<DatabaseUsersArgs>): readonly string[] => {
      try {
        new DatabaseUsers("shop", { ...own, ...change });
        return [];
      } catch (error) {
        return (error as ArgsError).problems;
      }
    };
    expect(
      problems({
        databases: ["shop", "shop", "postgres", "My-DB"],
        clients: [
          { name: "a-b", database: "stock", secrets: [secret("one")] },
          { name: "a_b", database: "shop", secrets: [secret("one")] },
          { name: "c", secrets: [secret("one")] },
        ],
        masterRotationDays: 0,
      }),
    ).to.deep.equal([
      "masterRotationDays: got 0, need 1 or more",
      'databases: got "shop" twice, need each once',
      'databases: got "My-DB", need at most 32 lower-case letters, digits and _, beginning with a letter',
      'databases: got "postgres", which is PostgreSQL\'s own, need another name',
      'clients.a-b.database: got "stock", need one of databases: shop, shop, postgres, My-DB',
      'clients: make the user "a_b" twice, need one secret of origin database-user per service, and names that differ in more than - and _',
      "clients.c.database: got none, need the database of its user",
    ]);
    await engine.settle();
    expect(engine.registrations).to.deep.equal([]);
  });
});

describe("the certificates of databases", () => {
  it("are the region's own three, of which none ends before 2061", () => {
    for (const region of ["us-west-2", "us-east-2"]) {
      const text = databaseCertificates(region);
      expect(text.match(/-----BEGIN CERTIFICATE-----/g), region).to.have.length(3);
      expect(text).to.match(/^-----BEGIN[^]*-----END CERTIFICATE-----\n$/);
    }
    expect(() => databaseCertificates("mars-1")).to.throw(
      "no authority for databases in mars-1 is known",
    );
  });
});
