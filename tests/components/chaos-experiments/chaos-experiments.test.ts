import { expect } from "chai";
import type { Registration } from "../../support/engine";
import { alarmArn, names, register, statementsOf } from "./fixture";

const template = "aws:fis/experimentTemplate:ExperimentTemplate";
type Inputs = Readonly<Record<string, unknown>>;
interface Template extends Inputs {
  readonly actions: readonly {
    readonly actionId: string;
    readonly parameters: readonly { readonly key: string; readonly value: string }[];
  }[];
  readonly targets: readonly {
    readonly resourceType: string;
    readonly selectionMode: string;
    readonly resourceTags?: readonly { readonly key: string; readonly value: string }[];
    readonly resourceArns?: unknown;
  }[];
}
const templatesOf = (registrations: readonly Registration[]) =>
  registrations
    .filter(({ type }) => type === template)
    .sort((one, other) => orderOf(one) - orderOf(other))
    .map(({ inputs }) => inputs as Template);

const orderOf = ({ name }: Registration) => names.indexOf(name.replace("trial-", ""));

describe("ChaosExperiments", () => {
  for (const mode of ["known", "unknown"] as const)
    it(`registers exactly this (${mode} values)`, async () => {
      const registrations = await register(mode, {
        schedules: { "node-loss": "cron(0 10 ? * TUE *)" },
      });
      expect(registrations.map(({ type, name }) => `${type} ${name}`)).to.have.members([
        "platform:resilience:ChaosExperiments trial",
        "aws:kms/key:Key trial-chaos",
        "aws:cloudwatch/logGroup:LogGroup trial-chaos",
        "aws:cloudwatch/logResourcePolicy:LogResourcePolicy trial-chaos",
        "aws:s3/bucket:Bucket trial-chaos-results",
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration trial-chaos-results-encryption",
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls trial-chaos-results-ownership",
        "aws:s3/bucketVersioning:BucketVersioning trial-chaos-results-versioning",
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration trial-chaos-results-lifecycle",
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock trial-chaos-results-public-access",
        "aws:s3/bucketPolicy:BucketPolicy trial-chaos-results-policy",
        ...names.flatMap((name) => [
          `aws:iam/role:Role trial-${name}`,
          `aws:iam/rolePolicy:RolePolicy trial-${name}`,
          `${template} trial-${name}`,
        ]),
        "aws:cloudwatch/eventRule:EventRule trial-chaos-ended-early",
        "aws:cloudwatch/eventTarget:EventTarget trial-chaos-ended-early",
        "aws:cloudwatch/metricAlarm:MetricAlarm trial-chaos-ended-early",
        "aws:iam/role:Role trial-node-loss-schedule",
        "aws:iam/rolePolicy:RolePolicy trial-node-loss-schedule",
        "aws:scheduler/schedule:Schedule trial-node-loss-schedule",
        "kubernetes:core/v1:Namespace trial-chaos",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy trial-chaos-default-deny",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy trial-chaos-allow-dns",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy trial-chaos-policy-fault-injector",
        "kubernetes:core/v1:ResourceQuota trial-chaos",
        "kubernetes:core/v1:LimitRange trial-chaos",
        "kubernetes:core/v1:ServiceAccount trial-chaos",
        "kubernetes:rbac.authorization.k8s.io/v1:Role trial-chaos",
        "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding trial-chaos",
        "aws:eks/accessEntry:AccessEntry trial-chaos",
      ]);
    });

  it("ends every experiment by the alarms, refuses empty targets, logs and reports", async () => {
    const templates = templatesOf(await register("known"));
    expect(templates.length).to.equal(names.length);
    for (const inputs of templates) {
      expect(inputs["stopConditions"]).to.deep.equal([
        { source: "aws:cloudwatch:alarm", value: alarmArn },
      ]);
      expect(inputs["experimentOptions"]).to.deep.equal({
        accountTargeting: "single-account",
        emptyTargetResolutionMode: "fail",
      });
      expect(JSON.stringify(inputs["logConfiguration"])).to.contain(
        "log-group:/aws/vendedlogs/fis/trial:*",
      );
      expect(JSON.stringify(inputs["experimentReportConfiguration"])).to.contain('"reports/');
      expect((inputs["description"] as string).length).to.be.lessThan(512);
    }
  });

  it("names targets by tags alone, of what is marked and of the environment; pods by their namespace", async () => {
    for (const { targets } of templatesOf(await register("known")))
      for (const { resourceType, resourceTags, resourceArns } of targets) {
        expect(resourceArns).to.equal(undefined);
        if (resourceType === "aws:eks:pod") {
          expect(resourceTags).to.equal(undefined);
          continue;
        }
        const own =
          resourceType === "aws:ec2:autoscaling-group"
            ? [{ key: "eks:cluster-name", value: "auterity-dev" }]
            : [
                { key: "chaos", value: "allowed" },
                { key: "environment", value: "dev" },
              ];
        expect(resourceTags, resourceType).to.include.deep.members(own);
      }
  });

  it("does what AWS calls so, with the parameters that AWS asks for", async () => {
    const done = templatesOf(await register("known")).flatMap(({ actions }) =>
      actions.map(({ actionId, parameters }) => [
        actionId,
        Object.fromEntries(parameters.map(({ key, value }) => [key, value])),
      ]),
    );
    expect(done).to.deep.equal([
      [
        "aws:ec2:asg-insufficient-instance-capacity-error",
        { availabilityZoneIdentifiers: "us-west-2a", duration: "PT30M", percentage: "100" },
      ],
      [
        "aws:ec2:stop-instances",
        { startInstancesAfterDuration: "PT30M", completeIfInstancesTerminated: "true" },
      ],
      ["aws:network:disrupt-connectivity", { duration: "PT2M", scope: "all" }],
      ["aws:elasticache:replicationgroup-interrupt-az-power", { duration: "PT30M" }],
      ["aws:ec2:terminate-instances", {}],
      [
        "aws:eks:pod-network-latency",
        {
          duration: "PT10M",
          delayMilliseconds: "200",
          jitterMilliseconds: "50",
          sources: "0.0.0.0/0",
          kubernetesServiceAccount: "fault-injector",
        },
      ],
      [
        "aws:ssm:send-command",
        {
          duration: "PT10M",
          documentArn: "arn:aws:ssm:us-west-2::document/AWSFIS-Run-Network-Latency-Sources",
          documentParameters:
            '{"DelayMilliseconds":"200","JitterMilliseconds":"50","Sources":"10.20.0.0/20,10.20.16.0/20","Interface":"DEFAULT",' +
            '"TrafficType":"egress","DurationSeconds":"600","FlowsPercent":"100","InstallDependencies":"True"}',
        },
      ],
      ["aws:rds:failover-db-cluster", {}],
      ["aws:ec2:send-spot-instance-interruptions", { durationBeforeInterruption: "PT2M" }],
      [
        "aws:network:route-table-disrupt-cross-region-connectivity",
        { region: "us-east-2", duration: "PT30M" },
      ],
    ]);
  });

  it("opens one namespace to privileged pods, closed to the network, and grants nothing outside of it", async () => {
    const registrations = await register("known");
    const of = (type: string) => registrations.find((one) => one.type === type)!.inputs;
    const { labels } = of("kubernetes:core/v1:Namespace")["metadata"] as {
      labels: Record<string, string>;
    };
    expect(labels["pod-security.kubernetes.io/enforce"]).to.equal("privileged");
    expect(registrations.some(({ type }) => type.includes("ClusterRole"))).to.equal(false);
    expect(of("kubernetes:rbac.authorization.k8s.io/v1:RoleBinding")["subjects"]).to.deep.equal([
      { kind: "ServiceAccount", name: "fault-injector", namespace: "chaos" },
      { apiGroup: "rbac.authorization.k8s.io", kind: "User", name: "fis-experiment" },
    ]);
    expect(of("aws:eks/accessEntry:AccessEntry")).to.deep.include({
      userName: "fis-experiment",
      type: "STANDARD",
    });
  });

  it("starts by a schedule once, at its hour, with a role for this experiment alone", async () => {
    const registrations = await register("known", {
      schedules: { "node-loss": "cron(0 10 ? * TUE *)" },
      scheduleTimeZone: "America/Los_Angeles",
    });
    const schedule = registrations.find(({ type }) => type === "aws:scheduler/schedule:Schedule");
    expect(schedule?.inputs).to.deep.include({
      scheduleExpression: "cron(0 10 ? * TUE *)",
      scheduleExpressionTimezone: "America/Los_Angeles",
    });
    expect(schedule?.inputs["target"]).to.deep.include({
      arn: "arn:aws:scheduler:::aws-sdk:fis:startExperiment",
      retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 },
    });
    expect(statementsOf(registrations, "node-loss-schedule")).to.deep.equal([
      {
        Effect: "Allow",
        Action: "fis:StartExperiment",
        Resource: [
          "arn:aws:fis:us-west-2:123456789012:experiment-template/trial-node-loss-id",
          "arn:aws:fis:us-west-2:123456789012:experiment/*",
        ],
      },
    ]);
  });

  it("makes only what is asked for, and nothing in a cluster without it", async () => {
    const registrations = await register("known", { experiments: { nodeLoss: {} } });
    expect(templatesOf(registrations).length).to.equal(1);
    expect(registrations.some(({ type }) => type.startsWith("kubernetes:"))).to.equal(false);
    expect(registrations.some(({ type }) => type.includes("eks"))).to.equal(false);
  });
});
