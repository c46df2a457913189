/** Of "auterity:network": namespace and setting. */
export function splitKey(key: string): [namespace: string, setting: string] {
  const colon = key.indexOf(":");
  return [key.slice(0, colon), key.slice(colon + 1)];
}

/** The engine passes objects, numbers and booleans as JSON text, and plain strings as they are. */
export function parseValue(text: string): unknown {
  if (!/^(\[|\{|true$|false$)/.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
