import type { types } from "@pulumi/kubernetes";
import type { ServiceRecord } from "../shared/service-record";

/** A public service and the host it is reached at. */
export interface Route {
  readonly host: string;
  readonly product: string;
  readonly service: string;
  readonly port: number;
}

/** In the order of the hosts, so that a record moved within the catalogue changes nothing. */
export function planRoutes(
  services: readonly ServiceRecord[],
  domain: string,
  regionalLabel?: string,
): Route[] {
  return services
    .flatMap(({ exposure, name, port, product }): Route[] => {
      if (exposure === undefined || port === undefined) return [];
      const { subdomain } = exposure;
      const labels = [
        subdomain,
        ...(regionalLabel === undefined ? [] : [`${subdomain}-${regionalLabel}`]),
      ];
      return labels.map((label) => ({
        ...{ host: `${label}.${domain}`, product, service: name, port },
      }));
    })
    .sort((a, b) => (a.host < b.host ? -1 : 1));
}

/** Every path of a host goes to its one service. */
export function ingressRule({ host, port, service }: Route): types.input.networking.v1.IngressRule {
  return {
    host,
    http: {
      paths: [
        {
          path: "/",
          pathType: "Prefix",
          backend: { service: { name: service, port: { number: port } } },
        },
      ],
    },
  };
}
