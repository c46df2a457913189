import { expect } from "chai";
import { services } from "../../stacks/services";
import { planned } from "../support/planned";

describe("what a deletion is refused of", () => {
  it("of dev protects nothing, of prod everything that holds data or carries the rest", async () => {
    const protectedIn = async (name: "dev" | "prod") =>
      (await planned(name, "known"))
        .filter(({ protect, type }) => protect && !type.startsWith("kubernetes:"))
        .map(({ name, type }) => `${type} ${name}`)
        .sort();
    expect(await protectedIn("dev")).to.deep.equal([]);
    const repositories = (await planned("prod", "known"))
      .filter(({ type }) => type === "aws:ecr/repository:Repository")
      .map(({ type, name }) => `${type} ${name}`);
    expect(repositories).to.have.length(14);
    const secrets = services.flatMap((service) =>
      service.secrets.map(
        (secret) =>
          `aws:secretsmanager/secret:Secret auterity-prod-secret-${service.name}/${secret.name}`,
      ),
    );
    expect(await protectedIn("prod")).to.deep.equal(
      [
        ...repositories,
        ...secrets,
        "aws:backup/vault:Vault auterity-prod-backup-copies",
        "aws:backup/vault:Vault auterity-prod-backups",
        "aws:cloudwatch/logGroup:LogGroup auterity-prod-events",
        "aws:cloudwatch/logGroup:LogGroup auterity-prod-logs",
        "aws:cognito/userPool:UserPool auterity-prod",
        "aws:cognito/userPoolClient:UserPoolClient auterity-prod-web",
        "aws:elasticache/replicationGroup:ReplicationGroup auterity-prod",
        ...[1, 2, 3, 4].map(() => "aws:kms/key:Key auterity-prod"),
        ...[
          "backup-copies backups canaries canary-results chaos edge-logs events flow-logs key-us-west-2 logs master-copy",
          "models models-replica replica-key-us-east-2 secrets secrets-key-us-east-2 secrets-key-us-west-2 volumes",
          "service-logs traces",
        ]
          .flatMap((roles) => roles.split(" "))
          .map((role) => `aws:kms/key:Key auterity-prod-${role}`),
        ...["mq/broker:Broker", "msk/cluster:Cluster"].map((type) => `aws:${type} auterity-prod`),
        "aws:opensearch/domain:Domain auterity-prod-traces",
        "aws:rds/cluster:Cluster auterity-prod",
        "aws:rds/globalCluster:GlobalCluster auterity-prod",
        ...["a", "b", "c"].map(
          (zone) => `aws:rds/clusterInstance:ClusterInstance auterity-prod-us-west-2${zone}`,
        ),
        ...[
          ...["canary-results", "canary-results-access-logs"],
          ...[
            "backup-reports",
            "balancer-logs",
            "chaos-results",
            "cost-export",
            "firewall-logs",
            "flow-logs",
            "models",
          ],
          ...["models-access-logs", "models-replica", "models-replica-access-logs", "results"],
          ...["service-logs", "service-logs-access-logs"],
        ].map((bucket) => `aws:s3/bucket:Bucket auterity-prod-${bucket}`),
        "aws:secretsmanager/secret:Secret auterity-prod-administrator",
        "aws:secretsmanager/secret:Secret auterity-prod-master",
        "aws:secretsmanager/secret:Secret auterity-prod-secret-alert/receivers",
        "eks:index:Cluster auterity-prod",
      ].sort(),
    );
  });
});
