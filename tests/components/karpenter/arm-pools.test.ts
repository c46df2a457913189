import { expect } from "chai";
import { args, inputsOf, register } from "./fixture";

interface Pool {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly weight?: number;
    readonly template: {
      readonly metadata: { readonly labels: Readonly<Record<string, string>> };
      readonly spec: {
        readonly taints: readonly object[];
        readonly requirements: readonly { readonly key: string; readonly values: string[] }[];
      };
    };
  };
}

describe("Karpenter", () => {
  it("makes pools of Arm nodes beside those of a class, tried first", async () => {
    const arm = { capacityType: "on-demand", maxNodes: 3, diskGiB: 80 } as const;
    const registrations = await register("known", {
      nodePools: {
        ...args.nodePools,
        "general-arm64": { ...arm, instanceTypes: ["m7g.xlarge"] },
        "spot-arm64": {
          ...{ ...arm, capacityType: "spot" },
          instanceTypes: ["m6g.large", "m7g.large", "m8g.large"],
        },
      },
    });
    const pools = registrations
      .filter(({ type }) => type.endsWith(":NodePool"))
      .map(({ inputs }) => {
        const { metadata, spec } = inputs as unknown as Pool;
        const { requirements, taints } = spec.template.spec;
        const arch = requirements.find(({ key }) => key === "kubernetes.io/arch")?.values.join();
        const { workload } = spec.template.metadata.labels;
        return [metadata.name, workload, arch, spec.weight, taints.length];
      });
    expect(pools).to.deep.equal([
      ["general", "general", "amd64", undefined, 0],
      ["spot", "spot", "amd64", 10, 1],
      ["ai-processing", "ai-processing", "amd64", undefined, 1],
      ["general-arm64", "general", "arm64", 5, 0],
      ["spot-arm64", "spot", "arm64", 15, 1],
    ]);
    const machine = inputsOf(registrations, ":EC2NodeClass", "nodes-spot-arm64-class");
    expect(machine["spec"]).to.deep.include({
      amiSelectorTerms: [{ alias: "al2023@v20260923" }],
      tags: { project: "auterity", Name: "auterity-spot-arm64", workload: "spot" },
    });
  });
});
