import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "../shared/child-options";
import { serviceLabels } from "../shared/service-labels";
import {
  resolveServiceScalingArgs,
  restLabel,
  type ServiceScalingArgs,
  type ServiceScalingSpec,
} from "./args";
import { scaledObjectSpec } from "./scaled-object";
import { brokerAuthenticationName, restsAtNight } from "./triggers";

const api = "keda.sh/v1alpha1";

function restLabels(spec: ServiceScalingSpec): Record<string, string> {
  return restsAtNight(spec) ? { [restLabel]: "at-night" } : {};
}

/**
 * Scales one service of the catalogue by its signals and its schedule, between its floor and its maximum. The kinds of
 * its objects come with the EventDrivenAutoscaler: let it depend on that, and on the service whose pods it counts.
 */
export class ServiceScaling extends pulumi.ComponentResource {
  /** Of the HorizontalPodAutoscaler that KEDA keeps for it. */
  readonly autoscalerName: string;

  constructor(name: string, args: ServiceScalingArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveServiceScalingArgs(name, args);
    super("platform:scaling:ServiceScaling", name, spec, opts);
    const { record, namespace, brokerConnection } = spec;
    const owned = childOptions(this, opts);
    const labels = { ...spec.labels, ...serviceLabels(record) };

    const authentication =
      brokerConnection === undefined
        ? []
        : [
            new k8s.apiextensions.CustomResource(
              `${name}-broker`,
              {
                apiVersion: api,
                kind: "TriggerAuthentication",
                metadata: { name: brokerAuthenticationName(record), namespace, labels },
                spec: {
                  secretTargetRef: [
                    {
                      parameter: "host",
                      name: brokerConnection.secretName,
                      key: brokerConnection.key,
                    },
                  ],
                },
              },
              owned,
            ),
          ];
    new k8s.apiextensions.CustomResource(
      name,
      {
        apiVersion: api,
        kind: "ScaledObject",
        metadata: { name: record.name, namespace, labels: { ...labels, ...restLabels(spec) } },
        spec: scaledObjectSpec(spec),
      },
      { ...owned, ...(authentication.length > 0 && { dependsOn: authentication }) },
    );

    this.autoscalerName = record.name;
    this.registerOutputs({ autoscalerName: this.autoscalerName });
  }
}
