import { parser } from "@grafana/lezer-logql";

/** What a query of logs is made of, as far as it can be told without Loki. */
export interface ParsedLogQuery {
  /** Labels by which it selects streams, each once. */
  readonly labels: readonly string[];
  /** Where the grammar ends to hold, from 0; absent if it holds. */
  readonly brokenAt?: number;
}

/** By the grammar of Loki's own editor. */
export function parseLogQuery(expression: string): ParsedLogQuery {
  const labels = new Set<string>();
  let brokenAt: number | undefined = expression.trim() === "" ? 0 : undefined;
  parser.parse(expression).iterate({
    enter: (node) => {
      if (node.type.isError) brokenAt ??= node.from;
      if (node.name !== "Selector") return;
      node.node.cursor().iterate((inner) => {
        if (inner.name === "Identifier") labels.add(expression.slice(inner.from, inner.to));
      });
    },
  });
  return { labels: [...labels], ...(brokenAt !== undefined && { brokenAt }) };
}
