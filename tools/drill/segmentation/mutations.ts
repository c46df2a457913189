import { parse, stringify } from "yaml";
import { evaluate, type PolicyFile } from "./evaluator";
import { isExpected } from "./expectation";
import { describeConversation, type Conversation } from "./peers";

/** The cluster with one thing wrong with its policies. */
export interface Mutation {
  readonly title: string;
  /** The only namespace whose pods it concerns. */
  readonly namespace: string;
  readonly policies: readonly PolicyFile[];
}

/** What became of the cluster with it. */
export interface Outcome {
  readonly title: string;
  /** Conversations that were no longer as the catalogue says. */
  readonly noticed: number;
  readonly example: string;
}

/** Each policy taken away, each way to the internet without its exceptions, each namespace thrown open. */
export function mutationsOf(policies: readonly PolicyFile[]): Mutation[] {
  const removed = policies.map((policy) => ({
    title: `${policy.id} removed`,
    namespace: policy.namespace,
    policies: policies.filter((other) => other !== policy),
  }));
  const widened = policies
    .filter(({ content }) => content.includes("except:"))
    .map((policy) => ({
      title: `${policy.id} without exceptions`,
      namespace: policy.namespace,
      policies: policies.map((other) => (other === policy ? withoutExceptions(policy) : other)),
    }));
  const namespaces = [...new Set(policies.map(({ namespace }) => namespace))];
  const opened = namespaces.map((namespace) => ({
    title: `${namespace} thrown open`,
    namespace,
    policies: [...policies, openPolicy(namespace)],
  }));
  return [...removed, ...widened, ...opened];
}

function withoutExceptions(policy: PolicyFile): PolicyFile {
  const content = parse(policy.content, (key, value: unknown) =>
    key === "except" ? undefined : value,
  ) as unknown;
  return { ...policy, content: stringify(content) };
}

function openPolicy(namespace: string): PolicyFile {
  const content = stringify({
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "open", namespace },
    spec: {
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
      ingress: [{}],
      egress: [{}],
    },
  });
  return { id: `${namespace}/open`, namespace, content };
}

/** By how many conversations each mutation is noticed. */
export async function tryMutations(
  program: string,
  mutations: readonly Mutation[],
  conversations: readonly Conversation[],
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { title, namespace, policies } of mutations) {
    // A policy selects pods of its own namespace: nothing changes for the others.
    const concerned = conversations.filter(({ from, to }) =>
      [from, to].some(({ pod }) => pod?.namespace === namespace),
    );
    const verdicts = await evaluate(program, policies, concerned);
    const wrong = concerned.filter((entry, index) => verdicts[index] !== isExpected(entry));
    const [first] = wrong;
    outcomes.push({
      title,
      noticed: wrong.length,
      example: first === undefined ? "nothing" : describeConversation(first),
    });
  }
  return outcomes;
}
