import type { Registration } from "../../../tools/offline/registration";

let count = 0;
/** A resource as a program registers it, by its type and inputs. */
export function resource(
  type: string,
  inputs: object,
  changes: Partial<Registration> = {},
): Registration {
  count += 1;
  return {
    ...{ urn: `urn-${count}`, type, name: `r${count}`, parent: "", custom: true, remote: false },
    ...{ protect: false, provider: "", providers: {}, aliases: [], dependencies: [] },
    ...{ propertyDependencies: {}, ignoreChanges: [], deleteBeforeReplace: false },
    ...{ retainOnDelete: false, deletedWith: "" },
    inputs: inputs as Record<string, unknown>,
    ...changes,
  };
}

export const nodeGroup = (nodeClass: string, changes: object): Registration =>
  resource(
    "eks:index:ManagedNodeGroup",
    {
      ...{ instanceTypes: ["m6i.xlarge"], capacityType: "ON_DEMAND", subnetIds: ["a"] },
      ...{ labels: { workload: nodeClass }, scalingConfig: { minSize: 1, maxSize: 3 } },
      ...changes,
    },
    { custom: false, remote: true },
  );

export const template = (nodeClass: string, volumeSize: number): Registration =>
  resource("aws:ec2/launchTemplate:LaunchTemplate", {
    tagSpecifications: [{ resourceType: "instance", tags: { workload: nodeClass } }],
    blockDeviceMappings: [{ ebs: { volumeSize, volumeType: "gp3" } }],
  });
