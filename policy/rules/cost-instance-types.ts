import { machineProperties, nodePoolType } from "../shared/instance-type-settings";
import { snapshot } from "../shared/known";
import { matchesWildcard } from "../shared/pattern";
import { onResource, resourceRule } from "../shared/rule";
import { listAt, textAt, textsAt, valueAt } from "../shared/tree";

interface Settings {
  /** Types (patterns) that may run, as each service spells them. */
  allowed: string[];
}

/** Cheaper successors that do the same. @see https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html */
const succeeded: Readonly<Record<string, string>> = { gp2: "gp3", io1: "io2" };

export const costInstanceTypes = resourceRule<Settings>({
  name: "cost-instance-types",
  description:
    "Machines are of the types in `allowed`, and disks of a generation that is not paid for twice.",
  reach: "production",
  severity: "medium",
  tags: ["house:cost"],
  remediationSteps:
    "Choose a type of the list, or extend `allowed` of the environment once somebody has said what it costs.",
  url: "https://docs.aws.amazon.com/wellarchitected/latest/cost-optimization-pillar/select-the-correct-resource-type-size-and-number.html",
  settings: {
    allowed: {
      type: "array",
      items: { type: "string" },
      // Up to 4xlarge of any family.
      default: ["*.medium*", "*.small*", "*.large*", "*.xlarge*", "*.2xlarge*", "*.4xlarge*"],
    },
  },
  checks: [
    onResource<Settings>(Object.keys(machineProperties), ({ type, props, settings, report }) => {
      for (const property of machineProperties[type] ?? []) {
        const [first = "", ...rest] = property.split(".");
        const given = valueAt(
          snapshot((): unknown => props[first]),
          ...rest,
        );
        for (const name of Array.isArray(given) ? (given as unknown[]) : [given])
          judge(settings, { property, name }, report);
      }
    }),
    onResource<Settings>([nodePoolType], ({ props, settings, report }) => {
      const spec = snapshot((): unknown => props["spec"]);
      const [types] = listAt(spec, "template", "spec", "requirements").filter(
        (one) => textAt(one, "key") === "node.kubernetes.io/instance-type",
      );
      if (types === undefined && hasRequirements(spec))
        report("spec.template.spec.requirements: names no instance types");
      for (const name of textsAt(types, "values"))
        judge(settings, { property: "spec.template.spec.requirements", name }, report);
    }),
    onResource<Settings>(["aws:ebs/volume:Volume"], ({ props, report }) => {
      const kind = snapshot((): unknown => props["type"]);
      if (typeof kind === "string" && succeeded[kind] !== undefined)
        report(`type: is ${kind}, need ${succeeded[kind]}, which costs less`);
    }),
    onResource<Settings>(["aws:ec2/launchTemplate:LaunchTemplate"], ({ props, report }) => {
      const disks = snapshot((): unknown => props["blockDeviceMappings"]);
      listAt({ disks }, "disks").forEach((disk, index) => {
        const kind = textAt(disk, "ebs", "volumeType") ?? "";
        if (succeeded[kind] !== undefined)
          report(
            `blockDeviceMappings[${index}].ebs.volumeType: is ${kind}, need ${succeeded[kind]}, which costs less`,
          );
      });
    }),
  ],
});

function hasRequirements(spec: unknown): boolean {
  return Array.isArray(valueAt(spec, "template", "spec", "requirements"));
}

function judge(
  { allowed }: Settings,
  { property, name }: { readonly property: string; readonly name: unknown },
  report: (message: string) => void,
): void {
  if (typeof name !== "string") return;
  if (allowed.some((pattern) => matchesWildcard(pattern, name))) return;
  report(`${property}: is ${name}, which is none of those allowed: ${allowed.join(", ")}`);
}
