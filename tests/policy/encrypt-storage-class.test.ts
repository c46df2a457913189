import { encryptStorageClass } from "../../policy/rules/encrypt-storage-class";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const storageClass = "kubernetes:storage.k8s.io/v1:StorageClass";
const good = {
  provisioner: "ebs.csi.aws.com",
  parameters: {
    type: "gp3",
    encrypted: "true",
    kmsKeyId: "arn:aws:kms:us-west-2:111122223333:key/x",
  },
  volumeBindingMode: "WaitForFirstConsumer",
};
const clear = 'parameters.encrypted: is not "true"';
const noKey = "parameters.kmsKeyId: is missing";
const early = "volumeBindingMode: is not WaitForFirstConsumer";

describeRule(encryptStorageClass, [
  ["an encrypted class passes", storageClass, good, []],
  [
    "one of defaults only is reported",
    storageClass,
    { provisioner: "ebs.csi.aws.com" },
    [clear, noKey, early],
  ],
  [
    "the provisioner that Kubernetes removed is reported",
    storageClass,
    { ...good, provisioner: "kubernetes.io/aws-ebs", parameters: {} },
    ["provisioner: is the one that Kubernetes removed"],
  ],
  ["no key is reported", storageClass, { ...good, parameters: { encrypted: "true" } }, [noKey]],
  [
    "a volume before its pod is reported",
    storageClass,
    { ...good, volumeBindingMode: "Immediate" },
    [early],
  ],
  ["another driver's class passes", storageClass, { provisioner: "efs.csi.aws.com" }, []],
  [
    "parameters that a preview does not know are not guessed",
    storageClass,
    { ...good, parameters: unknownText },
    [],
  ],
]);
