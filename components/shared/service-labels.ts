import type { ServiceRecord } from "./service-record";

export const publicIngressLabel = "auterity.io/public-ingress";

type Named = Pick<ServiceRecord, "name" | "product">;

/** What selects a service's pods: it never changes, because a Deployment's selector cannot. */
export function selectorLabels(record: Pick<ServiceRecord, "name">): Record<string, string> {
  return { "app.kubernetes.io/name": record.name };
}

/** Labels of everything that belongs to a service. Team and tier are what costs and alerts are sorted by. */
export function serviceLabels(
  record: Named & Pick<ServiceRecord, "team" | "tier">,
): Record<string, string> {
  return {
    ...selectorLabels(record),
    "app.kubernetes.io/part-of": record.product,
    "app.kubernetes.io/component": componentOf(record),
    "app.kubernetes.io/managed-by": "pulumi",
    "auterity.io/team": record.team,
    "auterity.io/tier": record.tier,
  };
}

/** "automatrix-api" of the product "automatrix" is its component "api". */
function componentOf({ name, product }: Named): string {
  return name.startsWith(`${product}-`) ? name.slice(product.length + 1) : name;
}
