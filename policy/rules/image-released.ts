import { allowedAccountIds } from "../shared/accounts";
import { imagesInValues } from "../shared/chart-values";
import {
  type ImageReference,
  isUnassigned,
  isUnreleased,
  parseImage,
  unassignedAccount,
  unreleasedTag,
} from "../shared/image-reference";
import { snapshot } from "../shared/known";
import { podOwners, podsOf } from "../shared/pods";
import { onResource, resourceRule } from "../shared/rule";
import { listAt, textAt } from "../shared/tree";

export const imageReleased = resourceRule({
  name: "image-released",
  description: `An environment is deployed only with released images, an account and a domain: nothing is \`${unreleasedTag}\` or \`${unassignedAccount}\`.`,
  reach: "production",
  severity: "high",
  tags: ["house:release"],
  remediationSteps:
    "Give the service's tag and digest, the environment's account and its domain in the stack's configuration.",
  url: "https://www.pulumi.com/docs/iac/concepts/config/",
  settings: {},
  checks: [
    onResource(podOwners, ({ type, props, report }) => {
      for (const { path, image } of podsOf(type, props).flatMap((pod) => pod.containers)) {
        const problem = typeof image === "string" ? problemOf(parseImage(image)) : undefined;
        if (problem !== undefined) report(`${path}: ${problem}`);
      }
    }),
    onResource(["kubernetes:helm.sh/v3:Release"], ({ props, report }) => {
      for (const image of imagesInValues(snapshot(() => props["values"]))) {
        const { registry = "", repository = "" } = image;
        const reference = parseImage(registry === "" ? repository : `${registry}/${repository}`);
        const problem = problemOf({ ...image, registry: reference?.registry ?? "", repository });
        if (problem !== undefined) report(`${image.path}: ${problem}`);
      }
    }),
    onResource(["pulumi:providers:aws"], (subject) => {
      if (allowedAccountIds(subject).includes(unassignedAccount))
        subject.report("allowedAccountIds: the environment has no account yet");
    }),
    onResource(["kubernetes:networking.k8s.io/v1:Ingress"], ({ props, report }) => {
      const rules = listAt(
        snapshot(() => props["spec"]),
        "rules",
      );
      const hosts = rules.map((rule) => textAt(rule, "host") ?? "");
      for (const host of hosts.filter(neverResolves))
        report(`spec.rules: host ${host} never resolves, the environment has no domain yet`);
    }),
  ],
});

/** The top-level domain that stands for none. @see https://www.rfc-editor.org/rfc/rfc2606 */
function neverResolves(host: string): boolean {
  return host.endsWith(".invalid");
}

function problemOf(image: ImageReference | undefined): string | undefined {
  if (image === undefined) return undefined;
  const parts = [
    ...(isUnreleased(image) ? ["is not released yet"] : []),
    ...(isUnassigned(image) ? ["has a registry without an account"] : []),
  ];
  return parts.length === 0 ? undefined : `image ${image.repository} ${parts.join(" and ")}`;
}
