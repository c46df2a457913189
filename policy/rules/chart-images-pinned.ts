import { type ChartImage, hasUnknown, imagesInValues } from "../shared/chart-values";
import {
  type PinningSettings,
  isUnreleased,
  pinningProblems,
  pinningSettings,
} from "../shared/image-reference";
import { known, snapshot } from "../shared/known";
import { matchesSegments } from "../shared/pattern";
import { onResource, resourceRule } from "../shared/rule";

interface Settings extends PinningSettings {
  /** Charts (patterns) that run nothing, such as those that hold resource definitions only. */
  withoutImages: string[];
}

export const chartImagesPinned = resourceRule<Settings>({
  name: "chart-images-pinned",
  description:
    "A Helm release pins every image in its values by digest: charts default to bare tags.",
  reach: "production",
  severity: "high",
  // Digests of third parties are given with the releases: until then a plan says so and goes on.
  tags: ["ckv:CKV_K8S_43", "owasp-k8s:K02", "house:release"],
  remediationSteps:
    "Give each image in `values` its digest, in the chart's own field for it or as tag@sha256:digest.",
  url: "https://kubernetes.io/docs/concepts/containers/images/#image-names",
  settings: {
    ...pinningSettings,
    withoutImages: { type: "array", items: { type: "string" }, default: [] },
  },
  checks: [
    onResource(["kubernetes:helm.sh/v3:Release"], ({ props, settings, report }) => {
      const chart = known(() => props["chart"]);
      if (
        typeof chart === "string" &&
        settings.withoutImages.some((pattern) => matchesSegments(pattern, chart))
      )
        return;
      // What these put into the chart stands in files that nobody here reads.
      for (const unread of ["valueYamlFiles", "postrender"])
        if (hasContent(known(() => props[unread])))
          report(`${unread}: cannot be judged, need everything in values`);
      const values = snapshot(() => props["values"]);
      const images = imagesInValues(values);
      if (images.length === 0 && !hasUnknown(values))
        report("values: pin no image, so the chart's own tags decide");
      for (const image of images)
        if (!isUnreleased(image))
          for (const problem of problemsOf(image, settings)) report(`${image.path}: ${problem}`);
    }),
  ],
});

function hasContent(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== "";
}

/** Here a missing tag is no problem: the digest alone decides, and the chart knows the tag. */
function problemsOf({ tag = "left-to-the-chart", digest }: ChartImage, settings: Settings) {
  const image = digest === undefined ? { tag } : { tag, digest };
  return pinningProblems(image, settings);
}
