import { isEverybody } from "../shared/addresses";
import { cisEks } from "../shared/frameworks";
import { snapshot, unknownValue } from "../shared/known";
import { onResource, resourceRule } from "../shared/rule";
import { textsAt, valueAt } from "../shared/tree";

export const networkEksEndpoint = resourceRule({
  name: "network-eks-endpoint",
  description:
    "The Kubernetes API is reached from inside, and from outside by named ranges at most.",
  reach: "everywhere",
  severity: "high",
  framework: cisEks("5.4.1", "Restrict Access to the Control Plane Endpoint"),
  tags: ["cis-eks:5.4.1", "cis-eks:5.4.2", "fsbp:EKS.1", "ckv:CKV_AWS_38", "ckv:CKV_AWS_39"],
  remediationSteps:
    "Set endpointPrivateAccess to true, and endpointPublicAccess to false or publicAccessCidrs to your own ranges.",
  url: "https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html",
  settings: {},
  checks: [
    onResource(["aws:eks/cluster:Cluster"], ({ props, report }) => {
      const access = snapshot(() => props["vpcConfig"]);
      const inside = valueAt(access, "endpointPrivateAccess");
      if (inside !== true && inside !== unknownValue)
        report("vpcConfig.endpointPrivateAccess: is not true");
      // Not set means true, for every address.
      const outside = valueAt(access, "endpointPublicAccess");
      const ranges = valueAt(access, "publicAccessCidrs");
      if (outside === false || outside === unknownValue || ranges === unknownValue) return;
      if (!Array.isArray(ranges) || ranges.length === 0)
        report("vpcConfig.publicAccessCidrs: is missing, so every address may connect");
      else if (textsAt(access, "publicAccessCidrs").some(isEverybody))
        report("vpcConfig.publicAccessCidrs: admits every address");
    }),
  ],
});
