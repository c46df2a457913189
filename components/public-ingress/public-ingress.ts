import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { childOptions, type ChildOptions } from "../shared/child-options";
import {
  resolvePublicIngressArgs,
  type PublicIngressArgs,
  type ResolvedPublicIngressArgs,
} from "./args";
import { classParameters } from "./load-balancer";
import { ingressRule, planRoutes, type Route } from "./routes";
import { createLoadBalancerGroup } from "./security-group";

const parametersApi = "elbv2.k8s.aws";

/**
 * The way in from the internet: one load balancer for the public services of all namespaces, with TLS and a redirect
 * to it, and its security group. The AWS Load Balancer Controller makes it and must run first: let this depend on it.
 * Needs providers of AWS and Kubernetes.
 * A destroy removes the Ingresses before the class, without which the controller could not clean up after them.
 */
export class PublicIngress extends pulumi.ComponentResource {
  /** All hosts, sorted. */
  readonly hosts: readonly string[];
  /** DNS name of the load balancer, which the hosts' records must point at; undefined until the controller tells it. */
  readonly loadBalancerHostname: pulumi.Output<string | undefined>;
  /** The load balancer's only one. */
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: PublicIngressArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolvePublicIngressArgs(name, args);
    super("platform:services:PublicIngress", name, spec, opts);
    const owned = childOptions(this, opts);
    const labels = { ...spec.labels, "app.kubernetes.io/managed-by": "pulumi" };

    const parameters = new k8s.apiextensions.CustomResource(
      `${name}-parameters`,
      {
        apiVersion: `${parametersApi}/v1beta1`,
        kind: "IngressClassParams",
        metadata: { name: spec.className, labels },
        spec: classParameters(spec),
      },
      owned,
    );
    const ingressClass = new k8s.networking.v1.IngressClass(
      `${name}-class`,
      {
        metadata: { name: spec.className, labels },
        spec: {
          controller: "ingress.k8s.aws/alb",
          parameters: {
            apiGroup: parametersApi,
            kind: "IngressClassParams",
            name: parameters.metadata.name,
          },
        },
      },
      owned,
    );
    const { group, rules } = createLoadBalancerGroup(name, spec, owned);
    const routes = planRoutes(spec.services, spec.domain, spec.regionalLabel);
    const ingresses = createIngresses(name, spec, {
      routes,
      labels,
      className: ingressClass.metadata.name,
      securityGroupId: group.id,
      // A load balancer that nobody reaches would report every service as sick.
      options: { parent: this, dependsOn: [...rules] },
    });

    this.hosts = routes.map((route) => route.host);
    this.loadBalancerHostname = pulumi
      .all(ingresses.map((ingress) => ingress.status))
      .apply(reportedHostname);
    this.securityGroupId = group.id;
    this.registerOutputs({
      hosts: this.hosts,
      loadBalancerHostname: this.loadBalancerHostname,
      securityGroupId: this.securityGroupId,
    });
  }
}

interface Owned {
  readonly routes: readonly Route[];
  readonly labels: Record<string, string>;
  readonly className: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  readonly options: ChildOptions;
}

/** One per namespace, because an Ingress can name only Services of its own. */
function createIngresses(
  name: string,
  { namespaces }: ResolvedPublicIngressArgs,
  { routes, labels, className, securityGroupId, options }: Owned,
): k8s.networking.v1.Ingress[] {
  const products = [...new Set(routes.map((route) => route.product))].sort();
  return products.map((product) => {
    const own = routes.filter((route) => route.product === product);
    const namespace = namespaces[product];
    return new k8s.networking.v1.Ingress(
      `${name}-ingress-${product}`,
      {
        metadata: {
          name: "public",
          ...(namespace !== undefined && { namespace }),
          labels: { ...labels, "app.kubernetes.io/part-of": product },
          annotations: {
            "alb.ingress.kubernetes.io/listen-ports": JSON.stringify([
              { HTTP: 80 },
              { HTTPS: 443 },
            ]),
            "alb.ingress.kubernetes.io/security-groups": securityGroupId,
            // Its ways to the pods are ours as well: the controller adds no group and no rule.
            "alb.ingress.kubernetes.io/manage-backend-security-group-rules": "false",
          },
        },
        spec: {
          ingressClassName: className,
          tls: [{ hosts: own.map((route) => route.host) }],
          rules: own.map(ingressRule),
        },
      },
      options,
    );
  });
}

interface ReportedStatus {
  readonly loadBalancer?: { readonly ingress?: readonly { readonly hostname?: string }[] };
}

/** All Ingresses of a group report the same load balancer; those that are new, none yet. */
export function reportedHostname(
  statuses: readonly (ReportedStatus | undefined)[],
): string | undefined {
  return statuses
    .flatMap((status) => status?.loadBalancer?.ingress ?? [])
    .find(({ hostname }) => hostname !== undefined && hostname !== "")?.hostname;
}
