import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "../shared/child-options";
import {
  type AlertmanagerConfiguration,
  alertmanagerConfiguration,
} from "./alertmanager/configuration";
import { type ObservabilityRulesArgs, resolveObservabilityRulesArgs } from "./args";
import { ruleFiles } from "./files";
import type { RuleGroup } from "./rule";

/**
 * What Prometheus computes and warns of, and whom Alertmanager tells: objectives of the catalogue, alerts, anomalies. The
 * kind of its objects comes with the Prometheus operator: let it depend on that.
 */
export class ObservabilityRules extends pulumi.ComponentResource {
  /** All of them, for whoever shows what they compute. */
  readonly groups: readonly RuleGroup[];
  /** Alertmanager's configuration as text, without any secret: it names the files that hold them. */
  readonly alertmanagerConfiguration: string;

  constructor(name: string, args: ObservabilityRulesArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveObservabilityRulesArgs(name, args);
    super("platform:observability:ObservabilityRules", name, { alerting: spec.alerting }, opts);
    const owned = childOptions(this, opts);
    const labels = { ...spec.labels, "app.kubernetes.io/managed-by": "pulumi" };
    for (const file of ruleFiles(spec.groups, spec))
      new k8s.apiextensions.CustomResource(
        `${name}-${file.name}`,
        {
          apiVersion: "monitoring.coreos.com/v1",
          kind: "PrometheusRule",
          metadata: { name: file.name, namespace: spec.namespace, labels },
          spec: { groups: file.groups },
        },
        owned,
      );
    this.groups = spec.groups;
    const configuration: AlertmanagerConfiguration = alertmanagerConfiguration(spec.alerting);
    // JSON is YAML, and Alertmanager reads either.
    this.alertmanagerConfiguration = JSON.stringify(configuration, undefined, 2);
    this.registerOutputs({ alertmanagerConfiguration: this.alertmanagerConfiguration });
  }
}
