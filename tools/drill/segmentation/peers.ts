import type { ServiceRecord } from "../../../components/shared/service-record";

/** Who a peer is, as the catalogue and the network plan see it. */
type Role =
  | { readonly kind: "service"; readonly record: ServiceRecord }
  | { readonly kind: "controller"; readonly controller: Controller }
  /** A pod in a namespace of ours that nobody declared. */
  | { readonly kind: "undeclared" }
  | { readonly kind: "store-pod"; readonly store: "mlflow" }
  | { readonly kind: "dns" | "metrics-reader" | "foreign-pod" }
  | {
      readonly kind:
        | "internet"
        | "load-balancer"
        | "control-plane"
        | "data-tier"
        | "endpoint"
        | "credentials"
        | "api-service"
        | "elsewhere";
    };

/** A controller of ours, as its own documentation describes it. */
export interface Controller {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly webhookPort?: number;
  readonly metricsPort?: number;
  /** It calls the Kubernetes API. */
  readonly callsApiServer: boolean;
  /** It calls AWS, on public addresses and through interface endpoints. */
  readonly callsAws: boolean;
  /** It has its credentials from the agent on its node. */
  readonly usesPodIdentity: boolean;
  /** It asks Prometheus. */
  readonly asksPrometheus?: boolean;
  /** It is Prometheus: it reads everybody's metrics, and those of nodes. */
  readonly readsMetrics?: boolean;
  /** Ports on which Prometheus reads it beside `metricsPort`. */
  readonly otherMetricsPorts?: readonly number[];
  /** Ports on which it takes what services send of themselves. */
  readonly takesTelemetry?: readonly number[];
  /** Ports of other controllers that it calls, or of other pods of its own. Over TCP, unless it says UDP. */
  readonly callsControllers?: readonly {
    readonly name: string;
    readonly port: number;
    readonly protocol?: "UDP";
  }[];
  /** Stores in the data tier that it calls. */
  readonly callsStores?: readonly ("postgresql" | "redis" | "rabbitmq" | "kafka" | "opensearch")[];
}

/** Something that sends or receives: a pod of the cluster, or an address outside it. */
export interface Peer {
  readonly name: string;
  readonly address: string;
  readonly role: Role;
  /** Its address is one of the subnets of nodes, pods and interface endpoints. */
  readonly inEndpointSubnet: boolean;
  /** Absent outside the cluster. */
  readonly pod?: {
    readonly namespace: string;
    readonly namespaceLabels: Readonly<Record<string, string>>;
    readonly labels: Readonly<Record<string, string>>;
  };
}

export interface Port {
  readonly protocol: "TCP" | "UDP";
  readonly port: number;
}

/** One try to connect. */
export interface Conversation extends Port {
  readonly from: Peer;
  readonly to: Peer;
}

/** Whether policies of ours select the pod, and so have to say what it may do. */
export function isBounded({ role }: Peer): boolean {
  return role.kind === "service" || role.kind === "controller" || role.kind === "undeclared";
}

export function describeConversation({ from, to, protocol, port }: Conversation): string {
  return `${from.name} to ${to.name}, ${protocol} ${port}`;
}
