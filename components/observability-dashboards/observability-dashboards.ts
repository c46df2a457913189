import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "../shared/child-options";
import { type ObservabilityDashboardsArgs, resolveDashboards } from "./args";
import { configMapOf } from "./config-maps";

/**
 * What people see in Grafana: a page for each service of the catalogue, for what they stand on, and for those who answer
 * for the whole. Each is a ConfigMap that Grafana's sidecar reads; let it depend on the stack, whose namespace it needs.
 */
export class ObservabilityDashboards extends pulumi.ComponentResource {
  /** By which links reach them, as long as there are dashboards. */
  readonly uids: readonly string[];

  constructor(
    name: string,
    args: ObservabilityDashboardsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    const { namespace, ...own } = args;
    const dashboards = resolveDashboards(name, own);
    const { environment } = args;
    super("platform:observability:ObservabilityDashboards", name, { environment }, opts);
    const owned = childOptions(this, opts);
    for (const planned of dashboards)
      new k8s.core.v1.ConfigMap(
        `${name}-dashboard-${planned.dashboard.uid ?? ""}`,
        configMapOf(planned, namespace),
        owned,
      );
    this.uids = dashboards.map(({ dashboard }) => dashboard.uid ?? "");
    this.registerOutputs({ uids: this.uids });
  }
}
