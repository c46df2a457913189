import type { PublicIngressArgs } from "../../components/public-ingress";
import type { ServiceRecord } from "../../components/shared/service-record";
import { shop, stock } from "./platform-service-fixture";

/** A public service of another product. */
export const depot: ServiceRecord = {
  ...stock,
  name: "depot-web",
  product: "depot",
  exposure: { subdomain: "depot", healthCheckPath: "/" },
};
/** A second public service of the shop. */
const admin: ServiceRecord = {
  ...stock,
  name: "shop-admin",
  port: 8002,
  exposure: { subdomain: "admin", healthCheckPath: "/", idleTimeoutSeconds: 90 },
};
export const args: PublicIngressArgs = {
  network: { region: "us-west-2", vpcId: "vpc-1", nodeSecurityGroupId: "sg-nodes" },
  domain: "platform.example.com",
  services: [...shop, depot, admin],
  namespaces: { shop: "shop", depot: "depot" },
};
