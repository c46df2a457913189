import { assumed, type Counter, hourly, hoursPerMonth } from "./item";
import { listOf, numberOf, textOf, within } from "./read-inputs";

const natStrategies: Readonly<Record<string, (zones: number) => number>> = {
  OnePerAz: (zones) => zones,
  Single: () => 1,
  None: () => 0,
};

/** A packaged network: its gateways, and all traffic that somebody pays for. */
const network: Counter = ({ inputs }, { usage }) => {
  const zones =
    listOf(inputs["availabilityZoneNames"]).length || numberOf(inputs["numberOfAvailabilityZones"]);
  const strategy = textOf(within(inputs, "natGateways")["strategy"]);
  // The packaged component's own default is one in each zone.
  const gateways = (natStrategies[strategy] ?? natStrategies["OnePerAz"])?.(zones) ?? 0;
  return [
    ...(gateways === 0
      ? []
      : [hourly("nat/gateway", gateways), hourly("network/public-address", gateways)]),
    ...assumed("nat/traffic", gateways === 0 ? 0 : usage.natGib),
    ...assumed("traffic/internet", usage.internetGib),
    // Billed to who sends and to who receives.
    ...assumed("traffic/zones", usage.crossZoneGib * 2),
    ...assumed("traffic/regions", usage.crossRegionGib),
  ];
};

/** A gateway of all zones: AWS bills it by the zone in which it works. */
const natGateway: Counter = ({ inputs }, { usage, count }) => {
  const zones = Math.max(1, listOf(inputs["availabilityZoneAddresses"]).length);
  return [hourly("nat/gateway", zones), ...assumed("nat/traffic", usage.natGib / count)];
};

const endpoint: Counter = ({ inputs }, { usage, count }) => {
  if (inputs["vpcEndpointType"] !== "Interface") return [];
  return [
    hourly("endpoint/interface", listOf(inputs["subnetIds"]).length),
    ...assumed("endpoint/traffic", usage.endpointGib / count),
  ];
};

/** The ingresses of one class share a load balancer. */
const loadBalancer: Counter = (_, { usage }) => [
  hourly("load-balancer/application", 1),
  ...assumed("load-balancer/capacity-unit", usage.loadBalancerUnits * hoursPerMonth),
];

const webAcl: Counter = ({ inputs }, { usage, count }) => [
  { price: "firewall/web-acl", quantity: 1 },
  { price: "firewall/rule", quantity: listOf(inputs["rules"]).length },
  ...assumed("firewall/requests", usage.firewallMillionRequests / count),
];

export const networkCounters: Readonly<Record<string, Counter>> = {
  "awsx:ec2:Vpc": network,
  "aws:ec2/natGateway:NatGateway": natGateway,
  "aws:ec2/vpcEndpoint:VpcEndpoint": endpoint,
  "kubernetes:elbv2.k8s.aws/v1beta1:IngressClassParams": loadBalancer,
  "aws:wafv2/webAcl:WebAcl": webAcl,
  "aws:route53/zone:Zone": () => [{ price: "dns/zone", quantity: 1 }],
  "aws:route53/healthCheck:HealthCheck": () => [{ price: "dns/health-check", quantity: 1 }],
};
