import {
  type PinningSettings,
  isUnreleased,
  parseImage,
  pinningProblems,
  pinningSettings,
} from "../shared/image-reference";
import { unknownValue } from "../shared/known";
import { podOwners, podsOf } from "../shared/pods";
import { onResource, resourceRule } from "../shared/rule";

export const imagePinned = resourceRule<PinningSettings>({
  name: "image-pinned",
  description: "Every image of a workload has a tag that does not move and a sha256 digest.",
  reach: "everywhere",
  severity: "high",
  tags: [
    "ckv:CKV_K8S_14",
    "ckv:CKV_K8S_43",
    "kyverno:require-image-checksum",
    "kyverno:disallow-latest-tag",
    "kube-linter:latest-tag",
  ],
  remediationSteps:
    "Write the image as repository:tag@sha256:digest, with the digest that the registry gives for the tag.",
  url: "https://kubernetes.io/docs/concepts/containers/images/#image-names",
  settings: pinningSettings,
  checks: [
    onResource(podOwners, ({ type, props, settings, report }) => {
      for (const { path, image } of podsOf(type, props).flatMap((pod) => pod.containers)) {
        if (image === unknownValue) continue;
        if (image === undefined) {
          report(`${path}: names no image, so a default decides`);
          continue;
        }
        const reference = parseImage(image);
        if (reference === undefined) report(`${path}: image is no valid reference`);
        // image-released says it: one problem, one message.
        else if (!isUnreleased(reference))
          for (const problem of pinningProblems(reference, settings))
            report(`${path}: image ${reference.registry}/${reference.repository} ${problem}`);
      }
    }),
  ],
});
