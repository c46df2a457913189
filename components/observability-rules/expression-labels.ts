import { parser } from "@prometheus-io/lezer-promql";
import { bucketLabel } from "./metric-labels";

type SyntaxNode = ReturnType<typeof parser.parse>["topNode"];

/**
 * Labels that the series of a name have, those of one container where a selector names it: services spell them in
 * different ways. Undefined for a name that nobody gives, or that this container does not.
 */
export type LabelsOf = (series: string, container?: string) => ReadonlySet<string> | undefined;

export interface ExpressionLabels {
  /** Labels that series of the result may have. */
  readonly result: ReadonlySet<string>;
  /** Labels that are asked for where no series has them, with the name of the series or the operator. */
  readonly missing: readonly { readonly label: string; readonly of: string }[];
}

/** What labels an expression asks for and leaves over. Of what is not PromQL it says nothing of use. */
export function expressionLabels(expression: string, labelsOf: LabelsOf): ExpressionLabels {
  const reader = new LabelReader(expression, labelsOf);
  const result = reader.labels(parser.parse(expression).topNode);
  return { result, missing: reader.missing };
}

class LabelReader {
  readonly missing: { label: string; of: string }[] = [];

  constructor(
    private readonly expression: string,
    private readonly labelsOf: LabelsOf,
  ) {}

  labels(node: SyntaxNode): Set<string> {
    if (node.name === "VectorSelector") return this.selected(node);
    if (node.name === "AggregateExpr") return this.aggregated(node);
    if (node.name === "FunctionCall") return this.called(node);
    return new Set(children(node).flatMap((child) => [...this.labels(child)]));
  }

  private selected(node: SyntaxNode): Set<string> {
    const identifier = node.getChild("Identifier");
    const name = identifier === null ? "" : this.text(identifier);
    const matchers = node.getChild("LabelMatchers")?.getChildren("UnquotedLabelMatcher") ?? [];
    const container = matchers
      .map((matcher) => this.text(matcher))
      .find((matcher) => matcher.startsWith('container="'));
    const own = this.labelsOf(name, container?.slice('container="'.length, -1));
    if (own === undefined) {
      this.missing.push({ label: container ?? "", of: name });
      return new Set();
    }
    for (const matcher of matchers) this.requireLabel(matcher.getChild("LabelName"), own, name);
    return new Set(own);
  }

  private aggregated(node: SyntaxNode): Set<string> {
    const inner = this.arguments(node);
    const modifier = node.getChild("AggregateModifier");
    const operator = node.getChild("AggregateOp");
    // These choose series, and leave them as they are.
    const chooses = operator !== null && /^(topk|bottomk|limitk)$/i.test(this.text(operator));
    if (modifier === null) return chooses ? inner : new Set();
    const names = modifier.getChild("GroupingLabels")?.getChildren("LabelName") ?? [];
    for (const name of names) this.requireLabel(name, inner, this.text(modifier));
    if (chooses) return inner;
    const listed = names.map((name) => this.text(name));
    if (modifier.getChild("By") !== null) return new Set(listed);
    return new Set([...inner].filter((label) => !listed.includes(label)));
  }

  private called(node: SyntaxNode): Set<string> {
    const name = node.getChild("FunctionIdentifier");
    const inner = this.arguments(node);
    switch (name === null ? "" : this.text(name)) {
      case "histogram_quantile":
        return new Set([...inner].filter((label) => label !== bucketLabel));
      case "label_replace":
      case "label_join": {
        const [made] = node.getChild("FunctionCallBody")?.getChildren("StringLiteral") ?? [];
        return made === undefined ? inner : new Set([...inner, this.text(made).slice(1, -1)]);
      }
      default:
        return inner;
    }
  }

  private arguments(node: SyntaxNode): Set<string> {
    const body = node.getChild("FunctionCallBody");
    return body === null ? new Set() : this.labels(body);
  }

  private requireLabel(node: SyntaxNode | null, known: ReadonlySet<string>, of: string): void {
    if (node === null || known.has(this.text(node))) return;
    this.missing.push({ label: this.text(node), of });
  }

  private text({ from, to }: { readonly from: number; readonly to: number }): string {
    return this.expression.slice(from, to);
  }
}

function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) found.push(child);
  return found;
}
