import { clusterArgs } from "./fixture";
import { itAccepts, itRefuses, type Refusal } from "./problems";

const { nodeClasses } = clusterArgs;
const { system, general, spot } = nodeClasses;

const arm = {
  ...general,
  instanceTypes: ["m7g.large"],
  amiType: "AL2023_ARM_64_STANDARD" as const,
};
const armTypes = ["m6g.large", "m7g.large", "m8g.large"];
const versions = {
  ...clusterArgs.versions,
  amiReleaseVersion: {
    ...clusterArgs.versions.amiReleaseVersion,
    AL2023_ARM_64_STANDARD: "1.35.8-20260923",
  },
};

const withSystem = (changes: object) => ({
  nodeClasses: { ...nodeClasses, system: { ...system, ...changes } },
});
const withGeneral = (changes: object) => ({
  nodeClasses: { ...nodeClasses, general: { ...general, ...changes } },
});
const withSpot = (changes: object) => ({
  nodeClasses: { ...nodeClasses, spot: { ...spot, ...changes } },
});
const refused: Refusal[] = [
  [
    "a system class that may vanish",
    withSystem({ minPerZone: 0 }),
    ["nodeClasses.system.minPerZone: got 0, need 1 or more"],
  ],
  [
    "critical work on nodes with two minutes' notice, and a class whose name would lie",
    {
      nodeClasses: {
        ...nodeClasses,
        general: { ...general, capacityType: "SPOT" as const },
        spot: { ...spot, capacityType: "ON_DEMAND" as const },
      },
    },
    [
      "nodeClasses.general.capacityType: got SPOT, need ON_DEMAND; only ai-processing has a choice",
      "nodeClasses.spot.capacityType: got ON_DEMAND, need SPOT; only ai-processing has a choice",
    ],
  ],
  [
    "Spot nodes of one type, where they are Spot by choice",
    {
      nodeClasses: {
        ...nodeClasses,
        "ai-processing": { ...general, capacityType: "SPOT" as const },
      },
    },
    ["nodeClasses.ai-processing.instanceTypes: got m7i.large, need at least 3 different type(s)"],
  ],
  [
    "bounds the wrong way round",
    withGeneral({ minPerZone: 5 }),
    ["nodeClasses.general.maxPerZone: got 4, need at least minPerZone, 5"],
  ],
  [
    "a class that never has a node",
    withSpot({ maxPerZone: 0 }),
    ["nodeClasses.spot.maxPerZone: got 0, need 1 or more"],
  ],
  [
    "a half node",
    withGeneral({ minPerZone: 0.5 }),
    ["nodeClasses.general.minPerZone: got 0.5, need 0 or more"],
  ],
  [
    "a start out of bounds",
    withGeneral({ desired: 9 }),
    ["nodeClasses.general.desired: got 9, need 1 to 4"],
  ],
  [
    "a disk that the image does not fit on",
    withGeneral({ diskGiB: 8 }),
    ["nodeClasses.general.diskGiB: got 8, need 20 or more"],
  ],
  [
    "Spot capacity of two types",
    withSpot({ instanceTypes: ["m7i.large", "m6i.large", "m6i.large"] }),
    [
      "nodeClasses.spot.instanceTypes: got m7i.large, m6i.large, m6i.large, need at least 3 different type(s)",
    ],
  ],
  [
    "no instance type",
    withGeneral({ instanceTypes: [] }),
    ["nodeClasses.general.instanceTypes: got none, need at least 1 different type(s)"],
  ],
  [
    "instance types of different sizes",
    withSpot({ instanceTypes: ["m7i.large", "m6i.large", "m5.xlarge"] }),
    [
      "nodeClasses.spot.instanceTypes: got m7i.large, m6i.large, m5.xlarge, need types of one size, since the autoscaler takes the first for all",
    ],
  ],
  [
    "something that is no instance type",
    withGeneral({ instanceTypes: ["large"] }),
    ['nodeClasses.general.instanceTypes: got "large", need an instance type, such as m7i.large'],
  ],
  [
    "an Arm type for an x86 image",
    withGeneral({ instanceTypes: ["m7g.large"] }),
    [
      "nodeClasses.general.instanceTypes: got m7g.large, need an x86 type for AL2023_x86_64_STANDARD",
    ],
  ],
  [
    "x86 nodes as the Arm ones of a class",
    { nodeClasses: { ...nodeClasses, "general-arm64": general } },
    ["nodeClasses.general-arm64.amiType: got AL2023_x86_64_STANDARD, need an image for Arm"],
  ],
  [
    "Arm nodes of a class beside Arm nodes",
    { nodeClasses: { ...nodeClasses, general: arm, "general-arm64": arm }, versions },
    [
      "nodeClasses.general-arm64: got it beside Arm nodes as general, need x86 nodes in nodeClasses.general; alone, " +
        "Arm nodes are the class itself",
    ],
  ],
  [
    "Arm nodes of a class that is not there",
    { nodeClasses: { system, "spot-arm64": { ...arm, instanceTypes: armTypes } }, versions },
    [
      "nodeClasses.spot-arm64: got it without spot, need x86 nodes in nodeClasses.spot; alone, Arm nodes are the class itself",
    ],
  ],
  [
    "too few types of Arm Spot capacity",
    { nodeClasses: { ...nodeClasses, "spot-arm64": arm }, versions },
    ["nodeClasses.spot-arm64.instanceTypes: got m7g.large, need at least 3 different type(s)"],
  ],
];

describe("The node classes of a MultiAzCluster: refused is", () => {
  itRefuses(refused);
});

describe("The node classes of a MultiAzCluster: accepted are", () => {
  itAccepts({
    "GPU types, which have a g that is no Graviton's": withGeneral({
      instanceTypes: ["g5.xlarge", "g4dn.xlarge", "g6e.xlarge"],
    }),
    "Arm nodes as a class, and beside the x86 ones of another": {
      nodeClasses: {
        ...nodeClasses,
        system: { ...arm, minPerZone: 1 },
        "general-arm64": arm,
        "spot-arm64": { ...arm, instanceTypes: armTypes },
      },
      versions,
    },
  });
});
