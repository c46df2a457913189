/** A DNS label: lower-case letters, digits and hyphens, at most 63 characters (RFC 1123). */
export function isDnsLabel(name: string): boolean {
  return /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name);
}

/** A DNS name of two labels or more, without the dot at its end. */
export function isHostName(name: string): boolean {
  const labels = name.split(".");
  return name.length <= 253 && labels.length > 1 && labels.every(isDnsLabel);
}

/** A label's value: empty, or up to 63 letters, digits, "-", "_", "." that begin and end with a letter or digit. */
export function isLabelValue(value: string): boolean {
  return value.length <= 63 && /^([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?$/.test(value);
}

/** A label's key: a name, with or without a DNS prefix. */
function isLabelKey(key: string): boolean {
  const [first = "", second, ...more] = key.split("/");
  if (more.length > 0) return false;
  const name = second ?? first;
  if (name === "" || !isLabelValue(name)) return false;
  return second === undefined || (first.length <= 253 && first.split(".").every(isDnsLabel));
}

/** What is wrong with labels that a caller adds to ours. */
export function labelProblems(
  path: string,
  labels: Readonly<Record<string, string>>,
  ours: readonly string[],
): string[] {
  return Object.entries(labels).flatMap(([key, value]) => {
    if (!isLabelKey(key)) return [`${path}: got key "${key}", need a label key`];
    if (ours.includes(key))
      return [`${path}.${key}: got a label that this component sets, need another key`];
    return isLabelValue(value) ? [] : [`${path}.${key}: got "${value}", need a label value`];
  });
}
