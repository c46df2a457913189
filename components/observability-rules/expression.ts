import { parser } from "@prometheus-io/lezer-promql";

/** What an expression of PromQL is made of, as far as it can be told without its data. */
export interface ParsedExpression {
  /** Names of the series that it selects, each once. */
  readonly metrics: readonly string[];
  /** Where the grammar ends to hold, from 0; absent if it holds. Types of values are not checked. */
  readonly brokenAt?: number;
}

/** By the grammar of Prometheus's own editor. */
export function parseExpression(expression: string): ParsedExpression {
  const metrics = new Set<string>();
  let brokenAt: number | undefined;
  const unnamed: number[] = [];
  parser.parse(expression).iterate({
    enter: (node) => {
      if (node.type.isError) brokenAt ??= node.from;
      if (node.name !== "VectorSelector") return;
      const name = node.node.getChild("Identifier");
      if (name === null) unnamed.push(node.from);
      else metrics.add(expression.slice(name.from, name.to));
    },
  });
  // A selector by labels alone matches whatever has them: nobody could say which metrics it rests on.
  if (unnamed.length > 0) metrics.add("{}");
  if (expression.trim() === "") brokenAt = 0;
  return { metrics: [...metrics], ...(brokenAt !== undefined && { brokenAt }) };
}
