import { urlCredentials } from "./url-credentials";

const phrases =
  /change[\s_-]?(me|this|it)|your[\s_-].*|(^|[\s_-])here$|example|placeholder|replace[\s_-]?(me|this|with)|insert[\s_-]|to[\s_-]?be[\s_-]?(set|filled|done)|(^|[\s_-])x{3,}($|[\s_-])|x{6,}|\*{3,}|\.{3}$|^(todo|fixme|tbd|none|null|nil|undefined|n\/a|dummy|unset|secret|password|token|key|api[_-]?key)$/i;
const bracketed = /^(<.*>|\{\{.*\}\}|\[.*\]|%.*%)$/s;

/** Whether a text stands where a credential is still to be filled in. */
export function isPlaceholder(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed === "" || bracketed.test(trimmed)) return true;
  const inUrl = urlCredentials(trimmed);
  // The host of a URL may well be called example.com; what counts is the password.
  if (inUrl.length > 0) return inUrl.every((credential) => isPlaceholder(credential));
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed)) return false;
  return phrases.test(trimmed) || /^(.)\1*$/.test(trimmed);
}
