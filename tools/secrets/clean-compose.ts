import { Lexer } from "yaml";
import { applyEdits, reference } from "./cleaned-text";
import { asVariable } from "./command-line";
import { parseCompose } from "./compose-file";
import type { Edit, Finding } from "./finding";
import type { MigrationPlan } from "./migration-plan";
import type { SecretText } from "./secret-text";
import { SecretsError } from "./secrets-error";
import { placeAt } from "./source-file";
import type { Workspace } from "./workspace";

/** A Compose file without its credentials. */
export interface CleanedFile {
  readonly source: string;
  /** Beside the source. */
  readonly path: string;
  readonly text: string;
  /** Lines of the cleaned file in which the text of a credential still stands as something else. */
  readonly lookAt: readonly number[];
}

/** Shorter texts stand everywhere by chance. */
const tellingLength = 8;

export function cleanComposeFiles(workspace: Workspace, plan: MigrationPlan): CleanedFile[] {
  const shared = sharedNames(plan);
  return workspace.composes.flatMap(({ compose }): CleanedFile[] => {
    const edits = plan.findings
      .flatMap(({ finding }) => finding.edits.map((edit) => apart(edit, finding, shared)))
      .filter((edit) => edit.file === compose.path);
    const secrets = plan.findings
      .flatMap(({ finding }) => finding.secrets.map((secret) => secret.reveal()))
      .filter((secret) => secret.length >= tellingLength);
    if (edits.length === 0) return [];
    const text = withoutInComments(applyEdits(compose.text, edits), secrets);
    const path = compose.path.replace(/\.ya?ml$/i, ".cleaned.yaml");
    const reread = parseCompose(path, text);
    if ("problems" in reread)
      throw new SecretsError("the cleaned file would not be valid", reread.problems);
    return [{ source: compose.path, path, text, lookAt: leftovers(text, secrets) }];
  });
}

/** Variables that have different values in different services: one name in a shell cannot carry both. */
function sharedNames(plan: MigrationPlan): Set<string> {
  const values = new Map<string, SecretText>();
  const shared = new Set<string>();
  for (const { finding } of plan.findings) {
    if (finding.edits.length === 0 || finding.value === undefined) continue;
    const there = values.get(finding.variable);
    if (there === undefined) values.set(finding.variable, finding.value);
    else if (!there.equals(finding.value)) shared.add(finding.variable);
  }
  return shared;
}

function apart(edit: Edit, finding: Finding, shared: ReadonlySet<string>): Edit {
  const { service, variable } = finding;
  if (service === undefined || !shared.has(variable)) return edit;
  const own = reference(`${asVariable(service)}_${variable}`);
  return { ...edit, replacement: edit.replacement.replaceAll(reference(variable), () => own) };
}

/** A value that was moved may stand in a comment too. */
function withoutInComments(text: string, secrets: readonly string[]): string {
  return [...new Lexer().lex(text)]
    .filter((lexeme) => !["\u0002", "\u0018", "\u001f"].includes(lexeme))
    .map((lexeme) =>
      lexeme.startsWith("#")
        ? secrets.reduce((rest, secret) => rest.replaceAll(secret, "[removed]"), lexeme)
        : lexeme,
    )
    .join("");
}

function leftovers(text: string, secrets: readonly string[]): number[] {
  const lines = secrets.flatMap((secret) => {
    const at = text.indexOf(secret);
    return at === -1 ? [] : [placeAt("", text, at).line];
  });
  return [...new Set(lines)].sort((one, other) => one - other);
}
