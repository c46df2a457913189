import { expect } from "chai";
import { rules } from "../../policy/rules";

/** Kinds that the SDKs have no class for: custom resources, a provider, and components. */
const withoutClass = [
  "kubernetes:argoproj.io/v1alpha1:Rollout",
  "kubernetes:karpenter.sh/v1:NodePool",
  "kubernetes:k6.io/v1alpha1:TestRun",
  "kubernetes:keda.sh/v1alpha1:ScaledObject",
  "kubernetes:monitoring.coreos.com/v1:PrometheusRule",
  "kubernetes:monitoring.coreos.com/v1:ServiceMonitor",
  ...["v1", "v1beta1"].flatMap((version) =>
    ["ExternalSecret", "ClusterExternalSecret", "SecretStore", "ClusterSecretStore"].map(
      (kind) => `kubernetes:external-secrets.io/${version}:${kind}`,
    ),
  ),
  "kubernetes:elbv2.k8s.aws/v1beta1:IngressClassParams",
  "kubernetes:helm.sh/v3:Chart",
  "awsx:ec2:Vpc",
  "pulumi:providers:aws",
];

/** The module of the SDK that has a token's class. */
function moduleOf(token: string): string {
  const [sdk = "", place = "", name = ""] = token.split(":");
  if (sdk === "eks") return "@pulumi/eks";
  if (sdk === "aws") return `@pulumi/aws/${place}`;
  const [group = "", version = ""] = place.split("/");
  const file = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  return `@pulumi/kubernetes/${group.split(".")[0] ?? ""}/${version}/${file}`;
}

describe("type tokens of the rules", () => {
  const tokens = [...new Set(rules.flatMap((rule) => rule.types))];

  it("are those of the SDKs' classes: a misspelt one would never match", async () => {
    const wrong: string[] = [];
    for (const token of tokens.filter((candidate) => !withoutClass.includes(candidate))) {
      const classes = (await import(moduleOf(token)).catch(() => ({}))) as Record<
        string,
        { __pulumiType?: string } | undefined
      >;
      const name = token.split(":")[2] ?? "";
      if (classes[name]?.__pulumiType !== token) wrong.push(token);
    }
    expect(wrong).to.deep.equal([]);
  });

  it("name each exception that is still needed", () => {
    expect(withoutClass.filter((token) => !tokens.includes(token))).to.deep.equal([]);
  });
});
