import { isTree } from "../shared/is-tree";
import { snapshot, unknownValue } from "../shared/known";
import { onResource, resourceRule } from "../shared/rule";
import { valueAt } from "../shared/tree";

interface Settings {
  /** Longest time after which a changed value arrives. */
  refreshMinutes: number;
}

const tokens = (kind: string) =>
  ["v1", "v1beta1"].map((version) => `kubernetes:external-secrets.io/${version}:${kind}`);

export const secretSyncFresh = resourceRule<Settings>({
  name: "secret-sync-fresh",
  description:
    "External secrets are read again within `refreshMinutes`, by a workload's identity and without a key.",
  reach: "production",
  severity: "medium",
  tags: ["eks-bpg:data-encryption-and-secrets-management"],
  remediationSteps:
    "Shorten refreshInterval; let the store use a service account with a role, without secretRef.",
  url: "https://external-secrets.io/latest/provider/aws-access/",
  settings: { refreshMinutes: { type: "number", default: 60 } },
  checks: [
    onResource(tokens("ExternalSecret"), ({ props, settings, report }) => {
      judgeRefresh(
        snapshot(() => props["spec"]),
        "spec",
        { settings, report },
      );
    }),
    onResource(tokens("ClusterExternalSecret"), ({ props, settings, report }) => {
      const spec = snapshot(() => props["spec"]);
      judgeRefresh(valueAt(spec, "externalSecretSpec"), "spec.externalSecretSpec", {
        settings,
        report,
      });
    }),
    onResource([...tokens("SecretStore"), ...tokens("ClusterSecretStore")], ({ props, report }) => {
      const spec = snapshot(() => props["spec"]);
      const store = valueAt(spec, "provider", "aws");
      const keys = valueAt(store, "auth", "secretRef");
      if (keys !== undefined && keys !== unknownValue)
        report("spec.provider.aws.auth.secretRef: is a key that nobody rotates");
      // Without one a store has the rights of the controller, which are those of every other such store.
      else if (isTree(store) && valueAt(store, "auth", "jwt", "serviceAccountRef") === undefined)
        report("spec.provider.aws.auth.jwt: names no service account");
    }),
  ],
});

function judgeRefresh(
  spec: unknown,
  path: string,
  { settings, report }: { settings: Settings; report: (message: string) => void },
): void {
  const policy = valueAt(spec, "refreshPolicy");
  if (policy === "CreatedOnce" || policy === "OnChange")
    report(`${path}.refreshPolicy: is ${policy}, so a changed value never arrives`);
  const interval = valueAt(spec, "refreshInterval") ?? "1h";
  if (interval === unknownValue) return;
  const minutes = typeof interval === "string" ? minutesOf(interval) : undefined;
  // Nought is never.
  if (minutes === undefined || minutes === 0 || minutes > settings.refreshMinutes)
    report(`${path}.refreshInterval: is not within ${settings.refreshMinutes} minutes`);
}

/** A duration as Go writes it, such as 15m, 1h or 1h30m0s. */
function minutesOf(duration: string): number | undefined {
  const match = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(duration);
  if (match === null) return undefined;
  const [, hours = "0", minutes = "0", seconds = "0"] = match;
  return Number(hours) * 60 + Number(minutes) + Number(seconds) / 60;
}
