import { cisEks } from "../shared/frameworks";
import { unknownValue } from "../shared/known";
import { manifestsOf } from "../shared/pods";
import { onResource, resourceRule } from "../shared/rule";
import { valueAt } from "../shared/tree";

interface Settings {
  /** Types of Secrets that hold no credential of a service. */
  allowedTypes: string[];
}

export const secretExternal = resourceRule<Settings>({
  name: "secret-external",
  description: "Secrets come into the cluster from the secret store, not from a program's state.",
  reach: "production",
  severity: "high",
  framework: cisEks("4.4.2", "Consider external secret storage"),
  tags: ["cis-eks:4.4.2"],
  remediationSteps: "Declare an ExternalSecret that reads the value from Secrets Manager.",
  url: "https://external-secrets.io/latest/api/externalsecret/",
  settings: { allowedTypes: { type: "array", items: { type: "string" }, default: [] } },
  checks: [
    onResource(
      ["", "List", "Patch"].map((kind) => `kubernetes:core/v1:Secret${kind}`),
      ({ props, settings, report }) => {
        for (const { at, manifest } of manifestsOf(props)) {
          const type = valueAt(manifest, "type") ?? "Opaque";
          if (type !== unknownValue && !settings.allowedTypes.some((allowed) => allowed === type))
            report(`${at === "" ? "" : `${at}: `}is written by the program itself`);
        }
      },
    ),
  ],
});
