import type { Input } from "@pulumi/pulumi";
import type { Store } from "../shared/service-record";

/**
 * Where a store answers.
 * "data-subnets": on private addresses of the data tier. "pods": in the cluster; the labels are those that the store's
 * Service selects by. "public": on public addresses, such as those of S3, which the gateway endpoint keeps inside AWS.
 */
export type StoreEndpoint = (
  | { readonly place: "data-subnets" }
  | {
      readonly place: "pods";
      readonly namespace: Input<string>;
      readonly podLabels: Readonly<Record<string, string>>;
    }
  | { readonly place: "public" }
) & {
  /** TCP. */
  readonly port: number;
  /** Whoever connects shows AWS credentials, and must get them from the EKS Pod Identity agent. Default: false. */
  readonly usesAwsCredentials?: boolean;
};

export type StoreEndpoints = Readonly<Record<Store, StoreEndpoint>>;

/**
 * Ports as the services of AWS have them, encrypted where there is a choice.
 * @see https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-basic-elements-broker.html AMQP over TLS
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/port-info.html IAM access control
 */
export const defaultStoreEndpoints: StoreEndpoints = {
  postgresql: { place: "data-subnets", port: 5432 },
  redis: { place: "data-subnets", port: 6379 },
  rabbitmq: { place: "data-subnets", port: 5671 },
  kafka: { place: "data-subnets", port: 9098, usesAwsCredentials: true },
  "model-bucket": { place: "public", port: 443, usesAwsCredentials: true },
  mlflow: {
    place: "pods",
    namespace: "mlflow",
    podLabels: { "app.kubernetes.io/name": "mlflow" },
    port: 5000,
  },
};
