import {
  type AnalyzeDiagnostic,
  type AnalyzeRequest,
  type AnalyzeResponse,
  type AnalyzerInfo,
  type PolicyInfo,
  PolicySeverity,
  PolicyType,
} from "@pulumi/pulumi/proto/analyzer_pb";
import type { Mode } from "../offline/engine";
import type { Registration } from "../offline/registration";
import type { Run } from "../plan/program";
import type { StackFile } from "../plan/stack-files";
import type { PolicyClient } from "./client";
import { levelOf, type PolicyConfiguration } from "./configuration";
import { PolicyRequests, stackRequest } from "./requests";
import type { Blind, Rule, Severity, Verdict, Violation } from "./verdict";

interface Finding {
  readonly urn: string;
  readonly rule: string;
  readonly level: Violation["level"];
  readonly message: string;
  readonly kind: "violation" | "blind" | "remediated";
}

/** Sends the levels of an environment; one server judges one environment after the other. */
export async function configureServer(
  client: PolicyClient,
  stack: StackFile,
  { request }: PolicyConfiguration,
): Promise<void> {
  await client.configureStack(stackRequest(stack));
  await client.configure(request);
}

/** One run under judgement: resources go to the server as they are registered, so that it works meanwhile. */
export class RunJudge {
  private readonly findings = new Map<string, Promise<readonly Finding[]>>();
  private readonly requests: PolicyRequests;
  private readonly remediates: boolean;

  /** @param earlier The judge of the other mode: what is the same in both is judged once. */
  constructor(
    private readonly client: PolicyClient,
    { stack, configuration }: JudgedEnvironment,
    private readonly earlier?: RunJudge,
  ) {
    this.requests = new PolicyRequests(stack);
    this.remediates = [...configuration.levels.values()].includes("remediate");
  }

  readonly add = (entry: Registration): void => {
    this.requests.add(entry);
    const same = this.requests.dependsOnUnknown(entry)
      ? undefined
      : this.earlier?.findings.get(entry.urn);
    const findings =
      same ?? judgeResource(this.client, this.requests.resource(entry), this.remediates);
    // A failure is told where all are awaited, not as the program's.
    findings.catch(() => undefined);
    this.findings.set(entry.urn, findings);
  };

  /** Of the resources, and of the stack as a whole. */
  async conclude({ outputs }: Run): Promise<readonly Finding[]> {
    const whole = this.client
      .analyzeStack(this.requests.stack(outputs))
      .then((response) => findingsOf(response, ""));
    return (await Promise.all([...this.findings.values(), whole])).flat();
  }
}

export interface JudgedEnvironment {
  readonly stack: StackFile;
  readonly configuration: PolicyConfiguration;
}

async function judgeResource(
  client: PolicyClient,
  request: AnalyzeRequest,
  remediates: boolean,
): Promise<Finding[]> {
  const urn = request.getUrn();
  let judged = request;
  const remediated: Finding[] = [];
  if (remediates) {
    const response = await client.remediate(request);
    for (const change of response.getRemediationsList()) {
      const properties = change.getProperties();
      if (properties === undefined) continue;
      judged = judged.clone().setProperties(properties);
      const rule = change.getPolicyname();
      remediated.push({ urn, rule, level: "remediate", message: "", kind: "remediated" });
    }
  }
  return [...remediated, ...findingsOf(await client.analyze(judged), urn)];
}

function findingsOf(response: AnalyzeResponse, urn: string): Finding[] {
  return response.getDiagnosticsList().map((diagnostic) => {
    const message = ownMessage(diagnostic);
    return {
      urn: diagnostic.getUrn() || urn,
      rule: diagnostic.getPolicyname(),
      level: levelOf(diagnostic.getEnforcementlevel()),
      message,
      kind: message.startsWith("can't run policy ") ? "blind" : "violation",
    };
  });
}

/** The SDK puts the rule's description in front of what the rule reports. */
function ownMessage(diagnostic: AnalyzeDiagnostic): string {
  const message = diagnostic.getMessage();
  const prefix = `${diagnostic.getDescription()}\n`;
  return message.startsWith(prefix) ? message.slice(prefix.length) : message;
}

export interface ConcludeArgs {
  readonly judged: readonly { readonly mode: Mode; readonly findings: readonly Finding[] }[];
  /** Keeps secrets out: rules get them as plain text and may repeat them. */
  readonly redact: (text: string) => string;
}

/** Both modes' findings as one verdict. */
export function concludeVerdict(
  info: AnalyzerInfo,
  { levels }: PolicyConfiguration,
  { judged, redact }: ConcludeArgs,
): Verdict {
  const rules = info.getPoliciesList().map((policy) => describeRule(policy, levels));
  const byName = new Map(rules.map((rule) => [rule.name, rule]));
  const violations = new Map<string, Violation>();
  const blind = new Map<string, Blind>();
  const remediated = new Map<string, { rule: string; urn: string }>();
  for (const { mode, findings } of judged) {
    for (const finding of findings) {
      const { rule, urn, level } = finding;
      const message = redact(finding.message);
      const key = JSON.stringify([rule, urn, message]);
      switch (finding.kind) {
        case "remediated":
          remediated.set(key, { rule, urn });
          break;
        case "blind":
          blind.set(key, { rule, urn, reason: message });
          break;
        case "violation": {
          const known = byName.get(rule);
          const modes = new Set([...(violations.get(key)?.modes ?? []), mode]);
          violations.set(key, {
            ...{ rule, level, urn, message, modes: [...modes] },
            ...{ severity: known?.severity ?? "unspecified" },
            ...{ fix: known?.fix ?? "", url: known?.url ?? "" },
          });
        }
      }
    }
  }
  return {
    pack: { name: info.getName(), version: info.getVersion() },
    rules,
    violations: [...violations.values()].sort(byWeight),
    blind: [...blind.values()].sort(byRuleAndUrn),
    remediated: [...remediated.values()].sort(byRuleAndUrn),
  };
}

function describeRule(policy: PolicyInfo, levels: PolicyConfiguration["levels"]): Rule {
  return {
    name: policy.getName(),
    description: policy.getDescription(),
    level: levels.get(policy.getName()) ?? levelOf(policy.getEnforcementlevel()),
    severity: severityOf(policy.getSeverity()),
    kind: policy.getPolicyType() === PolicyType.POLICY_TYPE_STACK ? "stack" : "resource",
    fix: policy.getRemediationSteps(),
    url: policy.getUrl(),
    tags: policy.getTagsList(),
  };
}

function severityOf(severity: PolicySeverity): Severity {
  switch (severity) {
    case PolicySeverity.POLICY_SEVERITY_UNSPECIFIED:
      return "unspecified";
    case PolicySeverity.POLICY_SEVERITY_LOW:
      return "low";
    case PolicySeverity.POLICY_SEVERITY_MEDIUM:
      return "medium";
    case PolicySeverity.POLICY_SEVERITY_HIGH:
      return "high";
    case PolicySeverity.POLICY_SEVERITY_CRITICAL:
      return "critical";
  }
}

const severityOrder: readonly Severity[] = ["critical", "high", "medium", "low", "unspecified"];

function byWeight(a: Violation, b: Violation): number {
  const mandatory = Number(b.level === "mandatory") - Number(a.level === "mandatory");
  const severity = severityOrder.indexOf(a.severity) - severityOrder.indexOf(b.severity);
  return mandatory || severity || byRuleAndUrn(a, b);
}

interface RuleAndUrn {
  readonly rule: string;
  readonly urn: string;
  readonly message?: string;
}

function byRuleAndUrn(a: RuleAndUrn, b: RuleAndUrn): number {
  const text = ({ rule, urn, message }: RuleAndUrn) => `${rule}\n${urn}\n${message ?? ""}`;
  return text(a) < text(b) ? -1 : 1;
}
