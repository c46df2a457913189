import { secretSyncFresh } from "../../policy/rules/secret-sync-fresh";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const group = "kubernetes:external-secrets.io/v1";
const external = `${group}:ExternalSecret`;
const store = `${group}:SecretStore`;
const every = (refreshInterval: string, more: object = {}) => ({
  spec: { refreshInterval, ...more },
});
const through = (auth?: object) => ({
  spec: { provider: { aws: { region: "us-west-2", ...(auth && { auth }) } } },
});
const stale = "spec.refreshInterval: is not within 60 minutes";
const nobody = "spec.provider.aws.auth.jwt: names no service account";

describeRule(secretSyncFresh, [
  ["a quarter of an hour passes", external, every("15m"), []],
  ["an hour in Go's words passes", external, every("1h0m0s"), []],
  ["the default passes", external, { spec: {} }, []],
  ["a little more than an hour is reported", external, every("1h0m1s"), [stale]],
  ["more in parts of an hour is reported", external, every("1.5h"), [stale]],
  ["never is reported", external, every("0"), [stale]],
  ["zero is never", external, every("0s"), [stale]],
  ["no duration is reported", external, every("hourly"), [stale]],
  [
    "once is reported",
    external,
    every("15m", { refreshPolicy: "CreatedOnce" }),
    ["spec.refreshPolicy: is CreatedOnce, so a changed value never arrives"],
  ],
  ["an interval that a preview does not know is not guessed", external, every(unknownText), []],
  [
    "the limit can be lowered",
    external,
    every("15m"),
    ["spec.refreshInterval: is not within 5 minutes"],
    { settings: { refreshMinutes: 5 } },
  ],
  [
    "a store with a service account passes",
    store,
    through({ jwt: { serviceAccountRef: { name: "reader" } } }),
    [],
  ],
  ["a store with the controller's own identity is reported", store, through(), [nobody]],
  [
    "a store with a key is reported",
    `${group}:ClusterSecretStore`,
    through({ secretRef: { accessKeyIDSecretRef: { name: "k" } } }),
    ["spec.provider.aws.auth.secretRef: is a key that nobody rotates"],
  ],
  ["a store elsewhere passes", store, { spec: { provider: { kubernetes: {} } } }, []],
]);
