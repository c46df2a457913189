import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "../shared/child-options";
import { selectorLabels, serviceLabels } from "../shared/service-labels";
import type { ServiceRecord } from "../shared/service-record";
import {
  resolveServiceConversationsArgs,
  type ResolvedServiceConversationsArgs,
  type ServiceConversationsArgs,
} from "./args";
import { rulesOf } from "../shared/network-policy-rules";
import { callersOf, egressRules, ingressRules } from "./rules";

/**
 * Who may talk to whom: a network policy per service, with what the records declare and nothing else. Each conversation
 * is allowed at both ends, so that neither end alone opens one. One for all services, since only the callers' records
 * know whom a service has to let in. Namespaces must be closed already, as ServiceNamespace closes them; services come
 * after this, since pods that start before it cannot talk.
 */
export class ServiceConversations extends pulumi.ComponentResource {
  constructor(
    name: string,
    args: ServiceConversationsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    const spec = resolveServiceConversationsArgs(name, args);
    super("platform:services:ServiceConversations", name, spec, opts);
    const options = childOptions(this, opts);
    const records = new Map(spec.records.map((record) => [record.name, record]));
    const callers = callersOf(spec.records);

    for (const record of spec.records) {
      new k8s.networking.v1.NetworkPolicy(
        `${name}-policy-${record.name}`,
        {
          metadata: metadataOf(record, spec),
          spec: {
            podSelector: { matchLabels: selectorLabels(record) },
            policyTypes: ["Ingress", "Egress"],
            ...rulesOf({
              ingress: ingressRules(record, callers, spec),
              egress: egressRules(record, records, spec),
            }),
          },
        },
        options,
      );
    }
    this.registerOutputs({});
  }
}

function metadataOf(
  record: ServiceRecord,
  { namespaces, labels }: ResolvedServiceConversationsArgs,
) {
  return {
    name: record.name,
    namespace: namespaces[record.product] ?? record.product,
    labels: { ...labels, ...serviceLabels(record) },
  };
}
