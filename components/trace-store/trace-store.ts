import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "../shared/child-options";
import { createStoreAlarms } from "../shared/store-alarms";
import { createStoreKey } from "../shared/store-key";
import { createStoreGroup } from "../shared/store-network";
import { traceStoreAlarms } from "./alarms";
import { resolveTraceStoreArgs, type TraceStoreArgs } from "./args";
import { createDomain, logGroupNames } from "./domain";
import { createRetention, createRetentionGroup, retentionFunctionName } from "./retention";

const httpsPort = 443;

/**
 * Where Jaeger keeps traces: a domain of OpenSearch over three zones, private, encrypted with a key of its own, entered by
 * roles alone. Traces are deleted when they are old; they are no archive, and nothing backs them up but the copies.
 */
export class TraceStore extends pulumi.ComponentResource {
  /** `https://…` */
  readonly endpoint: pulumi.Output<string>;
  readonly domainArn: pulumi.Output<string>;

  constructor(name: string, args: TraceStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveTraceStoreArgs(name, args);
    super("platform:observation:TraceStore", name, spec, opts);
    const owned = childOptions(this, opts);
    const { region, accountId, network, protect, tags } = spec;

    const key = createStoreKey(
      name,
      {
        ...{ region, accountId, protect, tags },
        description: `Traces in ${spec.domainName}`,
        logGroupNames: [...logGroupNames(spec), `/aws/lambda/${retentionFunctionName(spec)}`],
      },
      owned,
    );
    const group = createRetentionGroup(name, spec, owned);
    const access = createStoreGroup(
      `${name}-access`,
      {
        ...{ region, tags },
        description: `Traces in ${spec.domainName}`,
        network: { ...network, clients: { ...network.clients, retention: group.id } },
        ports: [{ port: httpsPort, protocol: "OpenSearch over TLS" }],
      },
      owned,
    );
    const domain = createDomain(name, { spec, key, access: access.group }, owned);
    createRetention(name, { spec, domain, key, group, access: access.group }, owned);
    createStoreAlarms(
      name,
      {
        ...{ region, tags, alarmTopicArn: spec.alarmTopicArn },
        namespace: "AWS/ES",
        alarms: traceStoreAlarms(spec),
      },
      owned,
    );

    this.endpoint = pulumi.interpolate`https://${domain.endpoint}`;
    this.domainArn = domain.arn;
    this.registerOutputs({ endpoint: this.endpoint, domainArn: this.domainArn });
  }
}
