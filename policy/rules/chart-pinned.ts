import { type Subject, onResource, resourceRule } from "../shared/rule";
import { known, snapshot } from "../shared/known";
import { textAt } from "../shared/tree";

interface Settings {
  /** Prefixes of repository addresses, https:// or oci://. */
  repositories: string[];
}

/** One version and no range: three numbers, maybe a pre-release and build metadata. */
const exactVersion = /^v?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;

export const chartPinned = resourceRule<Settings>({
  name: "chart-pinned",
  description: "A Helm chart has an exact version and comes from one of `repositories`.",
  reach: "everywhere",
  severity: "high",
  tags: ["owasp-k8s:K02"],
  remediationSteps:
    "Write the chart's exact version and its repository, without `devel`; add a new repository to `repositories`.",
  url: "https://helm.sh/docs/helm/helm_install/",
  settings: {
    repositories: {
      type: "array",
      items: { type: "string" },
      default: ["https://aws.github.io/eks-charts"],
    },
  },
  checks: [
    onResource(
      [
        "kubernetes:helm.sh/v3:Release",
        "kubernetes:helm.sh/v3:Chart",
        "kubernetes:helm.sh/v4:Chart",
      ],
      (subject) => {
        judgeVersion(subject);
        judgeRepository(subject);
      },
    ),
  ],
});

function judgeVersion({ props, report }: Subject<Settings>): void {
  const version = known(() => props["version"], "0.0.0");
  if (version === undefined) report("version: is missing, so the newest chart is taken");
  else if (typeof version !== "string" || !exactVersion.test(version))
    report("version: is a range, need one exact version");
  if (known(() => props["devel"]) === true) report("devel: takes pre-releases of the chart");
}

function judgeRepository({ props, settings, report }: Subject<Settings>): void {
  const chart = known(() => props["chart"]);
  const named =
    textAt(
      snapshot(() => props["repositoryOpts"]),
      "repo",
    ) ??
    textAt(
      snapshot(() => props["fetchOpts"]),
      "repo",
    );
  // Helm takes a path or an address as it is, whatever repository stands beside it.
  if (named !== undefined && typeof chart === "string" && !/^[A-Za-z0-9][\w.-]*$/.test(chart))
    report("chart: is a path or an address beside a repository, need the chart's name");
  const repository = named ?? chart;
  if (typeof repository !== "string") return;
  const allowed = settings.repositories.some(
    (prefix) => repository === prefix || repository.startsWith(`${prefix.replace(/\/$/, "")}/`),
  );
  if (!allowed) report("repository: the chart is from none of the allowed repositories");
}
