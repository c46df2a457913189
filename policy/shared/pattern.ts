const compiled = new Map<string, RegExp>();

function compile(pattern: string, wildcards: RegExp, spell: (wildcard: string) => string): RegExp {
  const key = `${wildcards.source} ${pattern}`;
  let expression = compiled.get(key);
  if (expression === undefined) {
    const parts = pattern.split(wildcards).map((part, index) =>
      // split() with a capturing group puts the wildcards at the odd places.
      index % 2 === 1 ? spell(part) : part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"),
    );
    expression = new RegExp(`^${parts.join("")}$`, "is");
    compiled.set(key, expression);
  }
  return expression;
}

/** As IAM matches: `*` is any run of characters, `?` is one; case does not count. */
export function matchesWildcard(pattern: string, text: string): boolean {
  return compile(pattern, /([*?])/, (wildcard) => (wildcard === "*" ? ".*" : ".")).test(text);
}

/** `*` stays within one segment of a path, host name with port, or ARN; `**` crosses segments; case does not count. */
export function matchesSegments(pattern: string, text: string): boolean {
  return compile(pattern, /(\*\*|\*)/, (wildcard) => (wildcard === "**" ? ".*" : "[^/:]*")).test(
    text,
  );
}
