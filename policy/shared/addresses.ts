/** Shortest prefixes that anybody is given: whatever is wider is everybody. Two halves of the internet are too. */
const narrowest = { v4: 8, v6: 16 };

/** Whether a range is the internet, or so much of it that nobody in particular is meant. */
export function isEverybody(range: string): boolean {
  const [address = "", prefix] = range.split("/");
  if (prefix === undefined || !/^\d+$/.test(prefix)) return false;
  return Number(prefix) < (address.includes(":") ? narrowest.v6 : narrowest.v4);
}

/** Whether an IPv4 range holds an IPv4 range or address; false where either is none. */
export function holds(range: string, inner: string): boolean {
  const [outer, wanted] = [parse(range), parse(inner)];
  if (outer === undefined || wanted === undefined || outer.prefix > wanted.prefix) return false;
  const size = 2 ** (32 - outer.prefix);
  return Math.floor(outer.number / size) === Math.floor(wanted.number / size);
}

function parse(range: string): { number: number; prefix: number } | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/.exec(range);
  if (match === null) return undefined;
  const [, a, b, c, d, prefix = "32"] = match;
  return {
    number: [a, b, c, d].reduce((sum, part) => sum * 256 + Number(part), 0),
    prefix: Number(prefix),
  };
}
