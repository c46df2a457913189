import type { Detector } from "./detector";
import { expand, referencesIn, type Lookup } from "./interpolation";
import { isPlaceholder } from "./placeholder";
import { SecretText } from "./secret-text";

export interface Verdict {
  readonly kind: string;
  readonly value: SecretText | undefined;
  readonly placeholder: boolean;
  readonly plaintext: boolean;
  readonly secrets: readonly SecretText[];
}

/** Whether a variable carries a credential: by the value it gets, and by what the file itself says of it. */
export function judgeVariable(
  variable: { readonly name: string; readonly text: string; readonly interpolated: boolean },
  lookup: Lookup,
  detector: Detector,
): Verdict | undefined {
  const { name, text, interpolated } = variable;
  const references = interpolated ? referencesIn(text) : [];
  const names = [name, ...references.map((reference) => reference.name)];
  const given = interpolated ? expand(text, lookup) : { text, unset: [] };
  const detect = (value: string) => firstOf(names, (each) => detector.detectVariable(each, value));
  const detection = detect(given.text);
  const written = interpolated ? expand(text, () => undefined).text : text;
  const inDefaults = references.flatMap(({ operator, argument }) =>
    operator?.endsWith("-") === true && argument !== "" && detect(argument) ? [argument] : [],
  );
  const inFile = references.length === 0 ? detect(written) : detector.detectText(written);
  const found =
    detection ?? inFile ?? (inDefaults.length > 0 ? detect(inDefaults[0] ?? "") : undefined);
  if (found === undefined) return undefined;
  const byDefault = inDefaults.length > 0 ? ", as a default" : "";
  const texts = [...(inFile?.parts ?? []), ...inDefaults, ...(detection?.parts ?? []), given.text];
  return {
    kind: `${found.kind}${byDefault}`,
    value: given.unset.length > 0 ? undefined : new SecretText(given.text),
    placeholder: given.unset.length === 0 && isPlaceholder(given.text),
    plaintext: inDefaults.length > 0 || (inFile !== undefined && written !== ""),
    secrets: [...new Set(texts)].filter((each) => each !== "").map((each) => new SecretText(each)),
  };
}

function firstOf<T, R>(items: readonly T[], pick: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const picked = pick(item);
    if (picked !== undefined) return picked;
  }
  return undefined;
}
