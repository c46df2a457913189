import type { Input } from "@pulumi/pulumi";
import { terminationGraceSeconds } from "../shared/graceful-stop";
import { selectorLabels } from "../shared/service-labels";
import { analysisSeconds, podsArgument, type ReleaseStage } from "./analysis";
import type { ResolvedPlatformServiceArgs } from "./args";
import { progressDeadlineSeconds } from "./deployment";
import { podTemplate } from "./pod-template";

/** After an analysis, for what it found to be carried out. */
const marginSeconds = 300;

/** Time for a look at pods that were refused, before they go. */
const abortedSeconds = 300;

interface RolloutParts {
  readonly serviceAccountName: Input<string>;
  /** Names of the Services that follow the pods in use, and the newest ones. */
  readonly services: { readonly active: Input<string>; readonly preview: Input<string> };
  /** Names of the AnalysisTemplates. */
  readonly analyses: Readonly<Record<ReleaseStage, Input<string>>>;
}

/**
 * Time without progress after which a release is taken back. An analysis counts as none, so that it must fit: only a new
 * pod or traffic that moved is progress.
 */
export function releaseDeadlineSeconds(spec: ResolvedPlatformServiceArgs): number {
  const longest = Math.max(analysisSeconds("preview"), analysisSeconds("active"));
  return Math.max(progressDeadlineSeconds(spec), longest + marginSeconds);
}

/** The longest that a release may take, until it has succeeded or was taken back. */
export function releaseSeconds(spec: ResolvedPlatformServiceArgs): number {
  return (
    releaseDeadlineSeconds(spec) +
    analysisSeconds("preview") +
    analysisSeconds("active") +
    marginSeconds
  );
}

/**
 * How long the old pods stay after traffic has moved: as long as a rollback may be decided, since it only moves traffic
 * back, and until connections that are still open have had their time.
 */
function keptSeconds({ record }: ResolvedPlatformServiceArgs): number {
  return Math.max(analysisSeconds("active") + marginSeconds, terminationGraceSeconds(record));
}

/** @see https://argo-rollouts.readthedocs.io/en/stable/features/bluegreen/ */
export function rolloutSpec(
  spec: ResolvedPlatformServiceArgs,
  { serviceAccountName, services, analyses }: RolloutParts,
): Record<string, unknown> {
  const analysis = (stage: ReleaseStage) => ({
    templates: [{ templateName: analyses[stage] }],
    args: [{ name: podsArgument, valueFrom: { podTemplateHashValue: "Latest" } }],
  });
  return {
    replicas: spec.minimumReplicas,
    selector: { matchLabels: selectorLabels(spec.record) },
    // A pod that falls over right after its start must stop the release, not pass for ready.
    minReadySeconds: 10,
    progressDeadlineSeconds: releaseDeadlineSeconds(spec),
    progressDeadlineAbort: true,
    revisionHistoryLimit: 3,
    // Back to the version before this one without another analysis.
    rollbackWindow: { revisions: 1 },
    analysis: { successfulRunHistoryLimit: 3, unsuccessfulRunHistoryLimit: 5 },
    strategy: {
      blueGreen: {
        activeService: services.active,
        previewService: services.preview,
        autoPromotionEnabled: true,
        prePromotionAnalysis: analysis("preview"),
        postPromotionAnalysis: analysis("active"),
        scaleDownDelaySeconds: keptSeconds(spec),
        // Of older ones none: what the quota has room for is the pods in use, the newest, and those before.
        scaleDownDelayRevisionLimit: 1,
        abortScaleDownDelaySeconds: abortedSeconds,
      },
    },
    template: podTemplate(spec, serviceAccountName),
  };
}
