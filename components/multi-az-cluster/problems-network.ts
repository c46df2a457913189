import type { ClusterSpec } from "./args";

export function networkProblems(spec: ClusterSpec): string[] {
  const problems: string[] = [];
  if (!isIpv4Range(spec.vpcCidrBlock)) {
    problems.push(
      `vpcCidrBlock: got "${spec.vpcCidrBlock}", need an IPv4 range, such as 10.0.0.0/16`,
    );
  }
  if (spec.clusterSubnetIds.length < 2) {
    problems.push(
      `clusterSubnetIds: got ${spec.clusterSubnetIds.length} subnet(s), need at least 2, in different zones`,
    );
  }
  return [
    ...problems,
    ...zoneProblems(spec),
    ...endpointProblems(spec),
    ...portProblems(spec),
    ...egressProblems(spec),
  ];
}

function zoneProblems({ nodeSubnetIdByZone, region }: ClusterSpec): string[] {
  const zones = Object.keys(nodeSubnetIdByZone);
  const foreign = zones.filter((zone) => !isZoneOf(region, zone));
  return [
    ...(zones.length < 2
      ? [`nodeSubnetIdByZone: got ${zones.length} zone(s), need at least 2`]
      : []),
    ...foreign.map(
      (zone) =>
        `nodeSubnetIdByZone: got the zone "${zone}", need zones of ${region}, such as ${region}a`,
    ),
  ];
}

function isZoneOf(region: string, zone: string): boolean {
  return zone.startsWith(region) && /^[a-z]$/.test(zone.slice(region.length));
}

function endpointProblems({ endpointAccess }: ClusterSpec): string[] {
  const { public: fromInternet = false, private: fromNetwork } = endpointAccess;
  const problems: string[] = [];
  if (fromInternet !== false) {
    const { cidrBlocks } = fromInternet;
    if (cidrBlocks.length === 0) {
      problems.push(
        "endpointAccess.public.cidrBlocks: got none, need the ranges that may reach the API, or public: false",
      );
    }
    problems.push(...rangeProblems("endpointAccess.public.cidrBlocks", cidrBlocks));
  }
  problems.push(
    ...rangeProblems("endpointAccess.private.cidrBlocks", fromNetwork?.cidrBlocks ?? []),
  );
  return problems;
}

function rangeProblems(path: string, cidrBlocks: readonly string[]): string[] {
  return cidrBlocks.flatMap((cidrBlock) => {
    if (!isIpv4Range(cidrBlock)) {
      return [`${path}: got "${cidrBlock}", need IPv4 ranges, such as 203.0.113.0/24`];
    }
    if (cidrBlock.endsWith("/0")) {
      return [
        `${path}: got "${cidrBlock}", which is every address, need the ranges of known networks`,
      ];
    }
    return [];
  });
}

function portProblems(spec: ClusterSpec): string[] {
  return (["webhookPorts", "nodeUdpPorts"] as const).flatMap((path) =>
    Object.entries(spec[path])
      .filter(([, port]) => !isPort(port))
      .map(([name, port]) => `${path}.${name}: got ${port}, need a port from 1 to 65535`),
  );
}

function egressProblems({ nodeEgress }: ClusterSpec): string[] {
  return Object.entries(nodeEgress).flatMap(([name, { fromPort, toPort, description }]) => {
    const problems: string[] = [];
    if (!isPort(fromPort) || !isPort(toPort) || fromPort > toPort) {
      problems.push(
        `nodeEgress.${name}: got ports ${fromPort} to ${toPort}, need a range from 1 to 65535`,
      );
    }
    // EC2 takes no other characters and no more of them.
    if (!/^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,255}$/.test(description)) {
      problems.push(
        `nodeEgress.${name}.description: got "${description}", need 1 to 255 of EC2's characters: letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*`,
      );
    }
    return problems;
  });
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65535;
}

function isIpv4Range(text: string): boolean {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (match === null) return false;
  const [a, b, c, d, prefix] = match.slice(1).map(Number);
  return [a, b, c, d].every((octet = 256) => octet <= 255) && (prefix ?? 33) <= 32;
}
