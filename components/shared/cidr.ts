import { Address4 } from "ip-address";

/** An IPv4 range, base address first: without host bits. */
export interface Ipv4Cidr {
  /** In its one spelling, such as 10.0.0.0/16. */
  readonly text: string;
  readonly prefixLength: number;
  /** First address, as an unsigned number. */
  readonly first: number;
  /** Last address, as an unsigned number. */
  readonly last: number;
}

/** Either the range or what is wrong with the text, worded to stand after its path. */
type ParsedCidr =
  | { readonly cidr: Ipv4Cidr; readonly problem: undefined }
  | { readonly cidr: undefined; readonly problem: string };

/**
 * Ranges that no public network answers for.
 * @see https://www.rfc-editor.org/rfc/rfc1918 and https://www.rfc-editor.org/rfc/rfc6598
 */
export const privateRanges: readonly Ipv4Cidr[] = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
].map((text) => cidrOf(new Address4(text)));

export function parseIpv4Cidr(text: string): ParsedCidr {
  const shown = JSON.stringify(text);
  if (!text.includes("/") || !Address4.isValid(text)) {
    return refused(`got ${shown}, need an IPv4 range such as 10.0.0.0/16`);
  }
  const address = new Address4(text);
  const cidr = cidrOf(address);
  if (address.bigInt() !== BigInt(cidr.first)) {
    return refused(`got ${shown}, need a range without host bits; write ${cidr.text}`);
  }
  return { cidr, problem: undefined };
}

export function contains(outer: Ipv4Cidr, inner: Ipv4Cidr): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

export function overlap(a: Ipv4Cidr, b: Ipv4Cidr): boolean {
  return a.first <= b.last && b.first <= a.last;
}

export function isPrivate(cidr: Ipv4Cidr): boolean {
  return privateRanges.some((range) => contains(range, cidr));
}

/** How many blocks of this prefix length the range holds; 0 if it is smaller than one. */
export function capacity(cidr: Ipv4Cidr, prefixLength: number): number {
  return prefixLength < cidr.prefixLength ? 0 : 2 ** (prefixLength - cidr.prefixLength);
}

/** All blocks of this prefix length in the range, in order; none if it is smaller than one. */
export function split(cidr: Ipv4Cidr, prefixLength: number): Ipv4Cidr[] {
  return Array.from({ length: capacity(cidr, prefixLength) }, (_, index) =>
    blockAt(cidr.first + index * sizeOf(prefixLength), prefixLength),
  );
}

/** The first block of this prefix length that lies wholly behind the given range. */
export function blockAfter(cidr: Ipv4Cidr, prefixLength: number): Ipv4Cidr {
  const size = sizeOf(prefixLength);
  return blockAt(Math.ceil((cidr.last + 1) / size) * size, prefixLength);
}

/** The block of this prefix length at the start of the range. */
export function firstBlock(cidr: Ipv4Cidr, prefixLength: number): Ipv4Cidr {
  return blockAt(cidr.first, prefixLength);
}

function blockAt(first: number, prefixLength: number): Ipv4Cidr {
  return cidrOf(new Address4(`${Address4.fromInteger(first).correctForm()}/${prefixLength}`));
}

function cidrOf(address: Address4): Ipv4Cidr {
  const start = address.startAddress();
  return {
    text: `${start.correctForm()}/${address.subnetMask}`,
    prefixLength: address.subnetMask,
    first: Number(start.bigInt()),
    last: Number(address.endAddress().bigInt()),
  };
}

function sizeOf(prefixLength: number): number {
  return 2 ** (32 - prefixLength);
}

function refused(problem: string): ParsedCidr {
  return { cidr: undefined, problem };
}
