import { parseEnvironment } from "../../stacks/environment";
import { chartImages } from "../../stacks/locked-images";
import { definePlatform } from "../../stacks/platform";
import type { Registration } from "../../tools/offline/registration";
import { startOfflineEngine } from "./engine";
import { changed, rawOf } from "./stack-file";

export const environmentNames = ["dev", "prod", "recovery"] as const;
export type EnvironmentName = (typeof environmentNames)[number];
type Mode = "known" | "unknown";

const release = { tag: "v1.0.0", digest: `sha256:${"9f".repeat(32)}` };

/** The file of an environment with everything given that it leaves open: account, domain, releases. */
function released(name: EnvironmentName, changes: Record<string, unknown> = {}) {
  const services = Object.keys(parseEnvironment(name, rawOf(name)).services.versions);
  return changed(name, {
    "aws.allowedAccountIds": ["123456789012"],
    "settings.ingress.domain": "platform.example",
    "settings.alerting.runbookUrl": "https://runbooks.example/docs/runbooks",
    lockedDigests: Object.fromEntries(chartImages.map((image) => [image, release.digest])),
    "settings.services.versions": Object.fromEntries(services.map((service) => [service, release])),
    ...changes,
  });
}

const recorded = new Map<string, Promise<readonly Registration[]>>();

let last: Promise<readonly Registration[]> = Promise.resolve([]);

/** What the program registers for a released environment; recorded once for all tests. */
export function planned(name: EnvironmentName, mode: Mode): Promise<readonly Registration[]> {
  const key = `${name} ${mode}`;
  const known = recorded.get(key) ?? record(name, mode);
  recorded.set(key, known);
  return known;
}

/** The same with single values of the file changed; not kept. */
export function plannedWith(
  name: EnvironmentName,
  changes: Record<string, unknown>,
): Promise<readonly Registration[]> {
  return record(name, "known", changes);
}

/** The same in either mode. */
export function plannedIn(
  name: EnvironmentName,
  mode: Mode,
  changes: Record<string, unknown>,
): Promise<readonly Registration[]> {
  return record(name, mode, changes);
}

/** One after another: Pulumi's runtime is one per process. */
function record(
  name: EnvironmentName,
  mode: Mode,
  changes: Record<string, unknown> = {},
): Promise<readonly Registration[]> {
  last = last.then(() => run(name, mode, changes));
  return last;
}

async function run(
  name: EnvironmentName,
  mode: Mode,
  changes: Record<string, unknown>,
): Promise<readonly Registration[]> {
  const engine = await startOfflineEngine({
    ...{ mode, stack: name },
    // As whoever deploys sets it, where the program makes services in PagerDuty.
    ...{ config: { "pagerduty:token": "token" }, secretKeys: ["pagerduty:token"] },
  });
  definePlatform(parseEnvironment(name, released(name, changes)));
  await engine.settle();
  return engine.registrations;
}
