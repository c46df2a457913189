import type { MessageBrokerSpec } from "./args";

/**
 * Types that Amazon MQ offers for RabbitMQ; mq.t3.micro is ActiveMQ's alone by now.
 * @see https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-sizing-guidelines.html
 */
const families: Readonly<Record<string, readonly string[]>> = {
  "mq.m5": ["large", "xlarge", "2xlarge", "4xlarge"],
  "mq.m7g": [
    ...["medium", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"],
  ],
};

const offered = Object.entries(families).flatMap(([family, sizes]) =>
  sizes.map((size) => `${family}.${size}`),
);

/** AWS means it for trying things out: as a cluster it would look safe and be too small to keep up with its own copies. */
const forEvaluation = ["mq.m7g.medium"];

export function instanceProblems({
  instanceType,
  deployment,
}: Pick<MessageBrokerSpec, "instanceType" | "deployment">): string[] {
  const accepted = offered.filter(
    (type) => deployment === "single" || !forEvaluation.includes(type),
  );
  if (accepted.includes(instanceType)) return [];
  const why = forEvaluation.includes(instanceType)
    ? ", which AWS offers for evaluation and not for a cluster"
    : ", which RabbitMQ does not run on";
  return [`instanceType: got "${instanceType}"${why}, need one of ${accepted.join(", ")}`];
}
