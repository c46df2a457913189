import type { Architecture } from "./architecture";

/** What an EC2 instance type has. */
export interface InstanceType {
  readonly vcpus: number;
  readonly memoryGiB: number;
  /** Most pods, by its network interfaces and their addresses, one an address. */
  readonly pods: number;
  readonly architecture: Architecture;
}

/**
 * Sizes that all these families have. Pods: `(interfaces × (addresses of each - 1)) + 2`, as the node image has them.
 * @see https://github.com/awslabs/amazon-eks-ami/blob/main/templates/shared/runtime/eni-max-pods.txt
 */
const sizes = {
  large: { vcpus: 2, pods: 29 },
  xlarge: { vcpus: 4, pods: 58 },
  "2xlarge": { vcpus: 8, pods: 58 },
  "4xlarge": { vcpus: 16, pods: 234 },
  "8xlarge": { vcpus: 32, pods: 234 },
  "12xlarge": { vcpus: 48, pods: 234 },
  "16xlarge": { vcpus: 64, pods: 737 },
} as const;

/**
 * GiB of memory for each vCPU: 4 in general-purpose families, 2 where computing counts, 8 where memory does. Families
 * of other sizes or other network interfaces (m8i, g5) are not here: a row of their own would have to be added.
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/gp.html
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/co.html
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/mo.html
 */
const memoryGiBByVcpu: Readonly<Record<Architecture, Record<string, number>>> = {
  amd64: {
    ...ofAll(["m5", "m5a", "m5n", "m6a", "m6i", "m6in", "m7a", "m7i", "m7i-flex"], 4),
    ...ofAll(["c6a", "c6i", "c6in", "c7a", "c7i"], 2),
    ...ofAll(["r5", "r5a", "r6a", "r6i", "r6in", "r7a", "r7i"], 8),
  },
  arm64: {
    ...ofAll(["m6g", "m7g", "m8g"], 4),
    ...ofAll(["c6g", "c7g", "c8g"], 2),
    ...ofAll(["r6g", "r7g", "r8g"], 8),
  },
};

function ofAll(families: readonly string[], memoryGiB: number): Record<string, number> {
  return Object.fromEntries(families.map((family) => [family, memoryGiB]));
}

/** Every type whose facts are known, by its name in EC2. */
export const instanceTypes: Readonly<Partial<Record<string, InstanceType>>> = Object.fromEntries(
  (["amd64", "arm64"] as const).flatMap((architecture) =>
    Object.entries(memoryGiBByVcpu[architecture]).flatMap(([family, memoryGiB]) =>
      Object.entries(sizes).map(([size, { vcpus, pods }]) => [
        `${family}.${size}`,
        { vcpus, memoryGiB: memoryGiB * vcpus, pods, architecture },
      ]),
    ),
  ),
);

/** Why nothing can be said of an instance type, in the words of an argument problem; undefined if it is known. */
export function instanceTypeProblem(name: string): string | undefined {
  if (Object.hasOwn(instanceTypes, name)) return undefined;
  const families = Object.values(memoryGiBByVcpu).flatMap((byFamily) => Object.keys(byFamily));
  return (
    `got ${name}, need a type whose size is known: ${families.join(", ")} ` +
    `in ${Object.keys(sizes).join(", ")} (components/shared/instance-types.ts)`
  );
}
