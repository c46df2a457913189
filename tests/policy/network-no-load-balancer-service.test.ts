import { networkNoLoadBalancerService } from "../../policy/rules/network-no-load-balancer-service";
import { describeRule } from "./rule-table";

const service = "kubernetes:core/v1:Service";

describeRule(networkNoLoadBalancerService, [
  ["one of its own kind passes", service, { spec: { ports: [{ port: 80 }] } }, []],
  ["a ClusterIP passes", service, { spec: { type: "ClusterIP" } }, []],
  ["one without addresses passes", service, { spec: { clusterIP: "None" } }, []],
  [
    "a load balancer is reported",
    service,
    { spec: { type: "LoadBalancer" } },
    ["spec.type: is LoadBalancer"],
  ],
  [
    "a port of every node is reported",
    service,
    { spec: { type: "NodePort" } },
    ["spec.type: is NodePort"],
  ],
  [
    "outside addresses are reported beside",
    service,
    { spec: { type: "NodePort", externalIPs: ["192.0.2.1"] } },
    [
      "spec.type: is NodePort",
      "spec.externalIPs: opens the Service to addresses outside of the cluster",
    ],
  ],
  ["no outside addresses pass", service, { spec: { externalIPs: [] } }, []],
  ["a Service without a spec passes", service, { metadata: { name: "s" } }, []],
]);
