import { z } from "zod";
import { nightsSchema } from "./nights";
import { text, unassigned } from "./schema-text";
import { usageSchema } from "./usage-schema";

/** What the environment may cost, and who is told: `auterity:costs`. */
export const costsSchema = z.strictObject({
  /** Of all that carries the environment's tag. */
  monthlyBudgetUsd: z.union(
    [z.literal(unassigned), z.number().positive(`need dollars above 0, or ${unassigned}`)],
    `need dollars above 0, or ${unassigned}`,
  ),
  /** By team of the catalogue; nodes are shared and belong to none. */
  teamBudgetsUsd: z.record(z.string(), z.number().positive()),
  /** Who is told of budgets, anomalies and the weekly report; each address confirms once. */
  emailAddresses: z.array(z.string()),
  /** Secret with the https:// address of a chat's incoming webhook, and its key, for the weekly report; "none": mail alone. */
  reportChat: z
    .strictObject({
      secretArn: text(
        /^(none|arn:aws:secretsmanager:[a-z0-9-]+:\d{12}:secret:\S+)$/,
        "need none, or the ARN of a secret",
      ),
      keyArn: text(
        /^(none|arn:aws:kms:[a-z0-9-]+:\d{12}:key\/\S+)$/,
        "need none, or the ARN of the key that encrypts the secret",
      ),
    })
    .refine(
      ({ secretArn, keyArn }) => (secretArn === "none") === (keyArn === "none"),
      "need both ARNs, or none twice",
    ),
  /** What an account has once: the anomaly monitor of all services of AWS. */
  ownsAccountSettings: z.boolean(),
  /** Tag keys to switch on in the bill: only where the account pays, once it has seen them for a day. */
  allocationTags: z.array(z.string()),
  /** Costs by the hour and by the pod, in a bucket with queries: docs/costs.md. */
  export: z.strictObject({ enabled: z.boolean(), retentionDays: z.int().min(32) }),
  /** OpenCost in the cluster: what nodes, namespaces and volumes cost by the hour, in Grafana. */
  openCost: z.boolean(),
  /** Services rest outside of working hours, in development: docs/autoscaling.md. */
  nights: nightsSchema,
  /** What the plan's estimate assumes of a month: docs/costs.md. */
  usage: usageSchema,
  /** Prices by the keys of the plan's estimate: of the account's own contract, or where the table has none. */
  ownPricesUsd: z.record(z.string(), z.number().min(0)),
});
