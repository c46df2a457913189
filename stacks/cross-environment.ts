import { overlap, parseIpv4Cidr } from "../components/shared/cidr";
import type { Environment } from "./environment";
import { pairProblems } from "./recovery-rules";

/** What is wrong between environments. */
export function crossEnvironmentProblems(environments: readonly Environment[]): string[] {
  return [...overlaps(environments), ...pairProblems(environments)];
}

/** Networks that overlap could never be joined, not even for a migration. */
function overlaps(environments: readonly Environment[]): string[] {
  return environments.flatMap((environment, index) =>
    environments.slice(index + 1).flatMap((other) => {
      const [own, others] = [environment.network.cidrBlock, other.network.cidrBlock];
      const [a, b] = [parseIpv4Cidr(own).cidr, parseIpv4Cidr(others).cidr];
      if (a === undefined || b === undefined || !overlap(a, b)) return [];
      return [
        `auterity:network.cidrBlock: ${own} of ${environment.name} and ${others} of ${other.name} ` +
          "overlap, need ranges apart: the networks could never be joined",
      ];
    }),
  );
}
