import { clusterArgs } from "./fixture";
import { itRefuses, type Refusal } from "./problems";

const { accessEntries } = clusterArgs;

const withDeployer = (changes: object) => ({
  accessEntries: { ...accessEntries, deployer: { ...accessEntries.deployer, ...changes } },
});
const withSupport = (changes: object) => ({
  accessEntries: { ...accessEntries, support: { ...accessEntries.support, ...changes } },
});
const refused: Refusal[] = [
  [
    "a cluster without an administrator",
    withDeployer({ policy: "admin" }),
    [
      "accessEntries: got none with policy cluster-admin, need one for whoever runs this program; the cluster's creator gets no rights by itself",
    ],
  ],
  [
    "an administrator of namespaces only",
    withDeployer({ namespaces: ["automatrix"] }),
    [
      "accessEntries.deployer.namespaces: got a list with policy cluster-admin, need policy admin, edit or view for namespaces",
      "accessEntries: got none with policy cluster-admin, need one for whoever runs this program; the cluster's creator gets no rights by itself",
    ],
  ],
  [
    "rights in no namespace",
    withSupport({ namespaces: [] }),
    [
      "accessEntries.support.namespaces: got none, need at least one, or no list for the whole cluster",
    ],
  ],
  [
    "a principal that is neither role nor user",
    withSupport({ principalArn: "arn:aws:iam::123456789012:root" }),
    [
      'accessEntries.support.principalArn: got "arn:aws:iam::123456789012:root", need the ARN of an IAM role or user',
    ],
  ],
  [
    "a group that Kubernetes or EKS keeps to itself",
    withSupport({ groups: ["viewers", "system:masters", ""] }),
    [
      "accessEntries.support.groups: got \"system:masters\", need one that is not EKS's or Kubernetes' own",
      "accessEntries.support.groups: got \"\", need one that is not EKS's or Kubernetes' own",
    ],
  ],
  [
    "a principal twice",
    withSupport({ principalArn: accessEntries.deployer.principalArn }),
    ["accessEntries.support.principalArn: got that of deployer, need one entry per principal"],
  ],
  [
    "a key that makes no name",
    { accessEntries: { ...accessEntries, "On Call": accessEntries.support } },
    [
      'accessEntries: got the key "On Call", need lower-case letters, digits and dashes',
      "accessEntries.On Call.principalArn: got that of support, need one entry per principal",
    ],
  ],
];

describe("The access to a MultiAzCluster: refused is", () => {
  itRefuses(refused);
});
