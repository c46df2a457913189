import type { TieredSubnet } from "./args";

/** Tier of every address outside of the subnets. */
export const internetTier = "internet";

/** Numbers of the protocols. @see https://www.iana.org/assignments/protocol-numbers/protocol-numbers.xhtml */
export const protocolNumbers = { tcp: 6, udp: 17 } as const;

/** Connections that clients in one tier may open to servers in another. */
export interface AllowedFlow {
  readonly from: string;
  readonly to: string;
  readonly protocol: keyof typeof protocolNumbers;
  /** Of the server: each a port, or the first and the last of a range; or all. */
  readonly ports: readonly (number | readonly [first: number, last: number])[] | "all";
}

interface Checked {
  readonly subnets: readonly TieredSubnet[];
  readonly allowedFlows: readonly AllowedFlow[];
}

export function flowProblems({ subnets, allowedFlows }: Checked): string[] {
  if (allowedFlows.length === 0)
    return ["allowedFlows: got none, need those that the platform lives by"];
  const tiers = [...new Set([...subnets.map(({ tier }) => tier), internetTier])];
  return allowedFlows.flatMap((flow, index) => {
    const path = `allowedFlows[${index}]`;
    const { from, to, protocol, ports } = flow;
    const problems: string[] = [];
    for (const tier of new Set([from, to]))
      if (!tiers.includes(tier))
        problems.push(`${path}: got the tier "${tier}", need one of ${tiers.join(", ")}`);
    if (from === to) problems.push(`${path}: goes from "${from}" to itself, need two tiers`);
    if (!Object.hasOwn(protocolNumbers, protocol))
      problems.push(`${path}.protocol: got "${protocol}", need tcp or udp`);
    if (ports !== "all" && (ports.length === 0 || !ports.every(isPortOrRange)))
      problems.push(`${path}.ports: got ${JSON.stringify(ports)}, need ports, ranges or "all"`);
    return problems;
  });
}

function isPortOrRange(ports: number | readonly [number, number]): boolean {
  const [first, last] = typeof ports === "number" ? [ports, ports] : ports;
  return isPort(first) && isPort(last) && first <= last;
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65535;
}
