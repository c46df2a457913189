import { chartPinned } from "../../policy/rules/chart-pinned";
import { release } from "./fixtures";
import { describeRule } from "./rule-table";

const repo = "https://aws.github.io/eks-charts";
const chart = { chart: "aws-load-balancer-controller", version: "3.5.0", repositoryOpts: { repo } };
const foreign = "repository: the chart is from none of the allowed repositories";
const range = "version: is a range, need one exact version";

describeRule(chartPinned, [
  ["an exact version from an allowed repository passes", release, chart, []],
  [
    "no version is reported",
    release,
    { chart: "x", repositoryOpts: { repo } },
    ["version: is missing, so the newest chart is taken"],
  ],
  ["a caret is a range", release, { ...chart, version: "^3.5.0" }, [range]],
  ["two numbers are a range", release, { ...chart, version: "3.5" }, [range]],
  [
    "a v, a pre-release and build metadata are exact",
    release,
    { ...chart, version: "v1.2.3-rc.1+build.5" },
    [],
  ],
  [
    "devel is reported",
    release,
    { ...chart, devel: true },
    ["devel: takes pre-releases of the chart"],
  ],
  [
    "a foreign repository is reported",
    release,
    { ...chart, repositoryOpts: { repo: "https://charts.example" } },
    [foreign],
  ],
  [
    "an address that begins alike is foreign",
    release,
    { ...chart, repositoryOpts: { repo: `${repo}.evil.example` } },
    [foreign],
  ],
  [
    "a path below an allowed address passes",
    release,
    { ...chart, repositoryOpts: { repo: `${repo}/stable` } },
    [],
  ],
  [
    "a chart by its own address is judged by it",
    release,
    { chart: "oci://registry.example/x", version: "1.0.0" },
    [foreign],
  ],
  [
    "a chart from a folder is reported",
    release,
    { chart: "./charts/x", version: "1.0.0" },
    [foreign],
  ],
  [
    "a v3 Chart is judged",
    "kubernetes:helm.sh/v3:Chart",
    { ...chart, repositoryOpts: undefined, fetchOpts: { repo: "https://charts.example" } },
    [foreign],
  ],
  ["a v4 Chart is judged", "kubernetes:helm.sh/v4:Chart", { ...chart, version: ">1" }, [range]],
  [
    "repositories can be added",
    release,
    { chart: "oci://registry.example/x", version: "1.0.0" },
    [],
    { settings: { repositories: ["oci://registry.example"] } },
  ],
  ...["./charts/x", "oci://evil.example/x", "/charts/x", "../x", "https://evil.example/x.tgz"].map(
    (path): [string, string, Record<string, unknown>, string[]] => [
      `the path or address ${path} beside an allowed repository is reported`,
      release,
      { ...chart, chart: path },
      ["chart: is a path or an address beside a repository, need the chart's name"],
    ],
  ),
]);
