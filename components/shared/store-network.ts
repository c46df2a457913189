import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** Where a store stands, and who may open connections to it. */
export interface StoreNetwork {
  readonly vpcId: pulumi.Input<string>;
  /** Private, one in each zone; how many there are is plain. */
  readonly subnetIds: readonly pulumi.Input<string>[];
  /** Security groups that may connect, by a short name of whose they are, such as "nodes". At least one. */
  readonly clients: Readonly<Record<string, pulumi.Input<string>>>;
}

interface StorePort {
  readonly port: number;
  /** What is spoken there, for the rule's description. */
  readonly protocol: string;
  /** The one client that may speak it. Default: all. */
  readonly onlyFor?: string;
}

interface StoreGroupArgs {
  readonly region: string;
  /** Of the group, such as "Cache of prod". */
  readonly description: string;
  readonly network: StoreNetwork;
  readonly ports: readonly StorePort[];
  readonly tags: Readonly<Record<string, string>>;
}

export interface StoreGroup {
  readonly group: aws.ec2.SecurityGroup;
  readonly rules: readonly aws.vpc.SecurityGroupIngressRule[];
}

/** A group that admits each client on the store's ports and lets nothing out: stores answer, they do not call. */
export function createStoreGroup(
  name: string,
  args: StoreGroupArgs,
  owned: pulumi.CustomResourceOptions,
): StoreGroup {
  const { region, description, network, ports, tags } = args;
  const group = new aws.ec2.SecurityGroup(
    name,
    {
      region,
      vpcId: network.vpcId,
      description,
      revokeRulesOnDelete: true,
      tags: { ...tags, Name: name },
    },
    owned,
  );
  const rules = Object.entries(network.clients).flatMap(([client, clientGroupId]) =>
    ports
      .filter(({ onlyFor }) => onlyFor === undefined || onlyFor === client)
      .map(
        ({ port, protocol }) =>
          new aws.vpc.SecurityGroupIngressRule(
            `${name}-${client}-${port}`,
            {
              region,
              securityGroupId: group.id,
              referencedSecurityGroupId: clientGroupId,
              description: `${protocol} from ${client}`,
              ipProtocol: "tcp",
              fromPort: port,
              toPort: port,
              tags,
            },
            owned,
          ),
      ),
  );
  return { group, rules };
}

export function storeNetworkProblems(
  { subnetIds, clients }: StoreNetwork,
  zonesNeeded: number,
): string[] {
  const problems: string[] = [];
  if (subnetIds.length < zonesNeeded)
    problems.push(
      `network.subnetIds: got ${subnetIds.length} subnet(s), need ${zonesNeeded} or more, each in a zone of its own`,
    );
  if (Object.keys(clients).length === 0)
    problems.push("network.clients: got none, need a security group that may connect");
  for (const client of Object.keys(clients))
    if (!/^[a-z][a-z0-9-]*$/.test(client))
      problems.push(
        `network.clients: got the name "${client}", need lower-case letters, digits and hyphens`,
      );
  return problems;
}
