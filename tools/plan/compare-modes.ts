import type { Registration } from "../offline/registration";
import { providerUrn } from "../policies/requests";
import { isRecord, isSecret, isUnknown, unwrap } from "./values";

/**
 * How a first preview, in which computed values are unknown, differs from an update: nothing, in a sound program.
 * One sentence per difference; the preview would show something else than what is then done.
 */
export function compareModes(
  known: readonly Registration[],
  unknown: readonly Registration[],
): string[] {
  const inPreview = new Map(unknown.map((entry) => [entry.urn, entry]));
  const inUpdate = new Set(known.map(({ urn }) => urn));
  return [
    ...unknown
      .filter(({ urn }) => !inUpdate.has(urn))
      .map(({ urn }) => `${urn}: registered only while values are unknown`),
    ...known.flatMap((entry) => {
      const preview = inPreview.get(entry.urn);
      if (preview === undefined)
        return [`${entry.urn}: registered only once values are known: a preview does not show it`];
      return [
        ...compareOptions(entry, preview),
        ...compareValues("", entry.inputs, preview.inputs),
      ].map((difference) => `${entry.urn}: ${difference}`);
    }),
  ].sort();
}

function compareOptions(known: Registration, preview: Registration): string[] {
  const inUpdate = comparableOptions(known);
  const inPreview = comparableOptions(preview);
  const differing = (Object.keys(inUpdate) as (keyof typeof inUpdate)[]).filter(
    (option) => JSON.stringify(inUpdate[option]) !== JSON.stringify(inPreview[option]),
  );
  const unforeseen = preview.dependencies.filter((urn) => !known.dependencies.includes(urn));
  return [
    ...differing.map(
      (option) =>
        `option ${option}: ${JSON.stringify(inUpdate[option])}, but ${JSON.stringify(inPreview[option])} while values are unknown`,
    ),
    ...unforeseen.map((urn) => `depends on ${urn} only while values are unknown`),
  ];
}

function comparableOptions(entry: Registration) {
  return {
    type: entry.type,
    parent: entry.parent,
    custom: entry.custom,
    remote: entry.remote,
    protect: entry.protect,
    // A reference ends with the provider's id, which a preview does not know.
    provider: providerUrn(entry.provider),
    providers: Object.entries(entry.providers).map(([name, reference]) => [
      name,
      providerUrn(reference),
    ]),
    aliases: entry.aliases.length,
    ignoreChanges: entry.ignoreChanges,
    deleteBeforeReplace: entry.deleteBeforeReplace,
    retainOnDelete: entry.retainOnDelete,
    deletedWith: entry.deletedWith,
  };
}

/** What is known in both modes has to be the same; an unknown value may become anything. */
function compareValues(path: string, known: unknown, preview: unknown): string[] {
  if (isUnknown(unwrap(preview))) return [];
  const where = path === "" ? "inputs" : path;
  if (isSecret(known) !== isSecret(preview)) return [`${where}: secret in only one of the modes`];
  const [a, b] = [unwrap(known), unwrap(preview)];
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length)
      return [`${where}: ${a.length} entries, but ${b.length} while values are unknown`];
    return a.flatMap((entry, index) => compareValues(`${path}[${index}]`, entry, b[index]));
  }
  if (isRecord(a) && isRecord(b)) {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    return keys.flatMap((key) => {
      const inner = path === "" ? key : `${path}.${key}`;
      if (!(key in b)) return [`${inner}: given only once values are known`];
      if (!(key in a)) return [`${inner}: given only while values are unknown`];
      return compareValues(inner, a[key], b[key]);
    });
  }
  return a === b ? [] : [`${where}: another value while values are unknown`];
}
