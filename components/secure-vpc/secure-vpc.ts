import * as pulumi from "@pulumi/pulumi";
import { type ResolvedSecureVpcArgs, resolveSecureVpcArgs, type SecureVpcArgs } from "./args";
import { createDataTierAcl } from "./data-tier";
import { adoptDefaults } from "./default-parts";
import { createRegionalEgress } from "./egress";
import { createGatewayEndpoints, createInterfaceEndpoints } from "./endpoints";
import { createFlowLogs } from "./flow-logs";
import { createNetwork } from "./network";
import { planSubnets, type SubnetTier } from "./subnet-plan";

/**
 * Private network of one environment: in each zone a subnet for nodes, one for load balancers, one for stores that
 * reaches nothing outside, and a small one for the cluster's control plane; every flow logged.
 * Costs by the hour: NAT gateways and interface endpoints; by volume: what passes them, and the flow logs.
 */
export class SecureVpc extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  readonly cidrBlock: string;
  /** How many there are is plain. */
  readonly natGatewayIds: readonly pulumi.Output<string>[];
  /** In the order of the zones, as are all lists. */
  readonly publicSubnetIds: pulumi.Output<string>[];
  readonly privateSubnetIdByZone: Readonly<Record<string, pulumi.Output<string>>>;
  readonly dataSubnetIds: pulumi.Output<string>[];
  readonly clusterSubnetIds: pulumi.Output<string>[];
  /** By tier, in the order of the zones: plain, since rules about addresses decide what exists. */
  readonly subnetCidrs: Readonly<Record<SubnetTier, readonly string[]>>;
  /** Of the interface endpoints; undefined when there are none. */
  readonly endpointSecurityGroupId: pulumi.Output<string> | undefined;
  readonly flowLogBucketName: pulumi.Output<string>;
  readonly flowLogBucketArn: pulumi.Output<string>;
  /** Whoever reads the logs needs it too. */
  readonly flowLogKeyArn: pulumi.Output<string>;

  constructor(name: string, args: SecureVpcArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveSecureVpcArgs(name, args);
    super("platform:network:SecureVpc", name, spec, opts);
    const scope = { name, spec, parent: this };

    const network = createNetwork(scope);
    const regional =
      spec.natGateways === "regional" ? [createRegionalEgress(scope, network).id] : [];
    adoptDefaults(scope, network);
    createDataTierAcl(scope, network);
    createGatewayEndpoints(scope, network);
    const endpointSecurityGroupId = createInterfaceEndpoints(scope, network);
    const flowLogs = createFlowLogs(scope, network);

    this.vpcId = network.vpc.vpcId;
    this.cidrBlock = spec.cidrBlock;
    this.natGatewayIds = [...network.natGatewayIds, ...regional];
    this.publicSubnetIds = network.publicSubnetIds;
    this.privateSubnetIdByZone = byZone(spec.availabilityZones, network.privateSubnetIds);
    this.dataSubnetIds = network.dataSubnetIds;
    this.clusterSubnetIds = network.clusterSubnetIds;
    this.subnetCidrs = {
      private: cidrsOf("private", spec),
      public: cidrsOf("public", spec),
      data: cidrsOf("data", spec),
      cluster: cidrsOf("cluster", spec),
    };
    this.endpointSecurityGroupId = endpointSecurityGroupId;
    this.flowLogBucketName = flowLogs.bucketName;
    this.flowLogBucketArn = flowLogs.bucketArn;
    this.flowLogKeyArn = flowLogs.keyArn;
    this.registerOutputs({
      vpcId: this.vpcId,
      cidrBlock: this.cidrBlock,
      publicSubnetIds: this.publicSubnetIds,
      privateSubnetIdByZone: this.privateSubnetIdByZone,
      dataSubnetIds: this.dataSubnetIds,
      clusterSubnetIds: this.clusterSubnetIds,
      subnetCidrs: this.subnetCidrs,
      endpointSecurityGroupId: this.endpointSecurityGroupId,
      flowLogBucketName: this.flowLogBucketName,
      flowLogBucketArn: this.flowLogBucketArn,
      flowLogKeyArn: this.flowLogKeyArn,
    });
  }
}

function cidrsOf(tier: SubnetTier, spec: ResolvedSecureVpcArgs): string[] {
  return planSubnets(spec)
    .filter((subnet) => subnet.tier === tier)
    .map(({ cidrBlock }) => cidrBlock);
}

function byZone<T>(zones: readonly string[], values: readonly T[]): Record<string, T> {
  return Object.fromEntries(
    values.flatMap((value, index) => {
      const zone = zones[index];
      return zone === undefined ? [] : [[zone, value]];
    }),
  );
}
