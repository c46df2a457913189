import { imagesInValues, locationOf } from "../shared/chart-values";
import { cisEks } from "../shared/frameworks";
import { parseImage } from "../shared/image-reference";
import { snapshot } from "../shared/known";
import { matchesSegments } from "../shared/pattern";
import { podOwners, podsOf } from "../shared/pods";
import { type Subject, onResource, resourceRule } from "../shared/rule";

interface Settings {
  /** Prefixes of host and path; `*` stays within one part, `**` crosses parts. */
  registries: string[];
}

export const imageAllowedRegistry = resourceRule<Settings>({
  name: "image-allowed-registry",
  description:
    "Images come only from the registries and paths in `registries`, also where a chart's values name them.",
  reach: "everywhere",
  severity: "high",
  framework: cisEks("5.1.4", "Minimize Container Registries to only those approved"),
  tags: ["cis-eks:5.1.4", "kyverno:restrict-image-registries"],
  remediationSteps:
    "Push the image to the account's registry, or pull it through the registry's cache, or add its registry to `registries`.",
  url: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html",
  settings: {
    registries: {
      type: "array",
      items: { type: "string" },
      default: ["*.dkr.ecr.*.amazonaws.com/auterity/"],
    },
  },
  checks: [
    onResource(podOwners, (subject) => {
      for (const { path, image } of podsOf(subject.type, subject.props).flatMap(
        (pod) => pod.containers,
      )) {
        // What is unknown or no reference at all is for image-pinned.
        const reference = typeof image === "string" ? parseImage(image) : undefined;
        if (reference !== undefined)
          judge(subject, path, `${reference.registry}/${reference.repository}`);
      }
    }),
    onResource(["kubernetes:helm.sh/v3:Release"], (subject) => {
      for (const image of imagesInValues(snapshot(() => subject.props["values"]))) {
        const location = locationOf(image);
        if (location !== undefined) judge(subject, image.path, location);
      }
    }),
  ],
});

function judge({ settings, report }: Subject<Settings>, path: string, location: string): void {
  if (!settings.registries.some((prefix) => matchesSegments(`${prefix}**`, location)))
    report(`${path}: image ${location} is from none of the allowed registries`);
}
