import { networkEksEndpoint } from "../../policy/rules/network-eks-endpoint";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const cluster = "aws:eks/cluster:Cluster";
const given = (vpcConfig: object) => ({ vpcConfig: { subnetIds: ["subnet-1"], ...vpcConfig } });
const outside = "vpcConfig.endpointPrivateAccess: is not true";
const unset = "vpcConfig.publicAccessCidrs: is missing, so every address may connect";
const open = "vpcConfig.publicAccessCidrs: admits every address";

describeRule(networkEksEndpoint, [
  [
    "an endpoint inside only passes",
    cluster,
    given({ endpointPrivateAccess: true, endpointPublicAccess: false }),
    [],
  ],
  [
    "one that named ranges reach too passes",
    cluster,
    given({ endpointPrivateAccess: true, publicAccessCidrs: ["192.0.2.0/24"] }),
    [],
  ],
  [
    "nothing set is public, for every address, and nothing else",
    cluster,
    { name: "c" },
    [outside, unset],
  ],
  [
    "every address among others is reported",
    cluster,
    given({ endpointPrivateAccess: true, publicAccessCidrs: ["192.0.2.0/24", "0.0.0.0/0"] }),
    [open],
  ],
  [
    "an empty list is every address",
    cluster,
    given({ endpointPrivateAccess: true, endpointPublicAccess: true, publicAccessCidrs: [] }),
    [unset],
  ],
  [
    "named ranges do not replace the inside",
    cluster,
    given({ publicAccessCidrs: ["192.0.2.0/24"] }),
    [outside],
  ],
  [
    "ranges that a preview does not know are not guessed",
    cluster,
    given({ endpointPrivateAccess: true, publicAccessCidrs: unknownText }),
    [],
  ],
]);
