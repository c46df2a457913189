const userInfo = /[a-z][a-z0-9+.-]*:\/\/([^\s/?#@:]*):([^\s@]+)@/gi;
const parameter =
  /(?:^|[?&;\s])(?:password|passwd|pwd|token|access_token|api[_-]?key|secret|client_secret|sig|signature)=([^&;\s]+)/gi;

/** The passwords, tokens and keys inside URLs and connection strings, as they are written there. */
export function urlCredentials(text: string): string[] {
  const inUserInfo = [...text.matchAll(userInfo)].map((found) => found[2] ?? "");
  const isConnection = /:\/\/|^(?:host|server|data source)=|\shost=/i.test(text);
  const inParameters = isConnection
    ? [...text.matchAll(parameter)].map((found) => found[1] ?? "")
    : [];
  return [...inUserInfo, ...inParameters].filter((credential) => credential !== "");
}
