import { SecureVpc, type SecureVpcArgs } from "../../../components/secure-vpc";
import type { Mode } from "../../../tools/offline/engine";
import { type Registration, startOfflineEngine } from "../../support/engine";

export const fourZones = ["us-west-2a", "us-west-2b", "us-west-2c", "us-west-2d"];
export const threeZones = fourZones.slice(0, 3);

export const baseArgs: SecureVpcArgs = {
  region: "us-west-2",
  accountId: "123456789012",
  cidrBlock: "10.40.0.0/16",
  availabilityZones: threeZones,
  flowLogRetentionDays: 30,
};

interface BuiltVpc {
  readonly vpc: SecureVpc;
  readonly registrations: readonly Registration[];
  /** The one registration of this type and name. */
  readonly find: (type: string, name: string) => Registration;
}

const built = new Map<string, Promise<BuiltVpc>>();

/** A network named net, once for the same arguments: nobody changes it. */
export function buildVpc(
  overrides: Partial<SecureVpcArgs> = {},
  mode: Mode = "known",
): Promise<BuiltVpc> {
  const key = JSON.stringify([overrides, mode]);
  const known = built.get(key) ?? buildAnew(overrides, mode);
  built.set(key, known);
  return known;
}

async function buildAnew(overrides: Partial<SecureVpcArgs>, mode: Mode): Promise<BuiltVpc> {
  const engine = await startOfflineEngine({ mode });
  const vpc = new SecureVpc("net", { ...baseArgs, ...overrides });
  await engine.settle();
  const { registrations } = engine;
  return {
    vpc,
    registrations,
    find: (type, name) => {
      const found = registrations.filter((r) => r.type === type && r.name === name);
      const [only] = found;
      if (only === undefined || found.length > 1) {
        throw new Error(`${found.length} registrations of ${type} ${name}`);
      }
      return only;
    },
  };
}

/** Type and name of each, in an order of their own: resources arrive as their inputs become known. */
export function identities(registrations: readonly Registration[]): string[] {
  return registrations.map(({ type, name }) => `${type} ${name}`).sort();
}
