import { manifestsOf } from "../shared/pods";
import { unknownValue } from "../shared/known";
import { onResource, resourceRule } from "../shared/rule";
import { valueAt } from "../shared/tree";

const driver = "ebs.csi.aws.com";
const removedDriver = "kubernetes.io/aws-ebs";

export const encryptStorageClass = resourceRule({
  name: "encrypt-storage-class",
  description:
    "Volumes that pods ask for are of type gp3, encrypted with a key of the account, and made where the pod runs.",
  reach: "everywhere",
  severity: "medium",
  tags: ["ckv:CKV_AWS_3", "eks-bpg:data-plane"],
  remediationSteps:
    'Set the parameters encrypted to "true", kmsKeyId and type gp3, and volumeBindingMode to WaitForFirstConsumer.',
  url: "https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md",
  settings: {},
  checks: [
    onResource(
      ["", "List", "Patch"].map((kind) => `kubernetes:storage.k8s.io/v1:StorageClass${kind}`),
      ({ props, report }) => {
        for (const { at, manifest } of manifestsOf(props))
          for (const problem of problemsOf(manifest))
            report(at === "" ? problem : `${at}.${problem}`);
      },
    ),
  ],
});

function problemsOf(storageClass: unknown): string[] {
  const provisioner = valueAt(storageClass, "provisioner");
  if (provisioner === removedDriver) return ["provisioner: is the one that Kubernetes removed"];
  if (provisioner !== driver) return [];
  const key = valueAt(storageClass, "parameters", "kmsKeyId");
  const checks: [path: string[], good: (value: unknown) => boolean, problem: string][] = [
    [["parameters", "encrypted"], (value) => value === "true", 'is not "true"'],
    [["parameters", "kmsKeyId"], () => key !== undefined && key !== "", "is missing"],
    // The driver's own default.
    [["parameters", "type"], (value) => value === undefined || value === "gp3", "is not gp3"],
    [
      ["volumeBindingMode"],
      (value) => value === "WaitForFirstConsumer",
      "is not WaitForFirstConsumer",
    ],
  ];
  return checks.flatMap(([path, good, problem]) => {
    const value = valueAt(storageClass, ...path);
    return value === unknownValue || good(value) ? [] : [`${path.join(".")}: ${problem}`];
  });
}
