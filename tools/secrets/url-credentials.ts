const parameter =
  /(?:^|[?&;\s])(?:password|passwd|pwd|token|access_token|api[_-]?key|secret|client_secret|sig|signature)=([^&;\s]+)/gi;

/** The passwords, tokens and keys inside URLs and connection strings, as they are written there. */
export function urlCredentials(text: string): string[] {
  const isConnection = /:\/\/|^(?:host|server|data source)=|\shost=/i.test(text);
  const inParameters = isConnection
    ? [...text.matchAll(parameter)].map((found) => found[1] ?? "")
    : [];
  return [...passwordsOfUsers(text), ...inParameters].filter((credential) => credential !== "");
}

const separator = "://";
const schemeEnd = /[a-z0-9+.-]/i;

/**
 * Every P of `SCHEME://USER:P@`, which may hold slashes and colons that should have been escaped. One pass over the text,
 * whatever it holds: as one pattern it would start again at every separator and run to the end each time.
 */
function passwordsOfUsers(text: string): string[] {
  const found: string[] = [];
  let from = 0;
  for (;;) {
    const at = text.indexOf(separator, from);
    if (at === -1) return found;
    from = at + separator.length;
    if (!schemeEnd.test(text.charAt(at - 1))) continue;
    const user = matchAt(/[^\s/?#@:]*:/y, text, from);
    if (user === undefined) continue;
    const password = matchAt(/[^\s@]*/y, text, from + user.length) ?? "";
    // Whatever else begins before this end has no "@" behind it either.
    from += user.length + password.length;
    if (text.charAt(from) === "@") found.push(password);
  }
}

function matchAt(pattern: RegExp, text: string, from: number): string | undefined {
  pattern.lastIndex = from;
  return pattern.exec(text)?.[0];
}
