import { readFileSync } from "node:fs";
import { expect } from "chai";
import type { Registration } from "../../tools/offline/registration";
import { analyzeAll } from "../support/check-policy";
import { services } from "../../stacks/services";
import { environmentNames, planned, plannedWith } from "../support/planned";

const modes = ["known", "unknown"] as const;

function countByComponent(registrations: readonly Registration[]): Record<string, number> {
  const types = new Map(registrations.map(({ urn, type }) => [urn, type]));
  const counts: Record<string, number> = {};
  for (const { type, parent } of registrations) {
    const owner = type.startsWith("platform:") ? type : (types.get(parent) ?? "the program");
    counts[owner] = (counts[owner] ?? 0) + 1;
  }
  return counts;
}

/** Everything that a resource waits for, directly or through others. */
function allDependencies(registrations: readonly Registration[], urn: string): Set<string> {
  const byUrn = new Map(registrations.map((registration) => [registration.urn, registration]));
  const found = new Set<string>();
  const visit = (current: string): void => {
    for (const dependency of byUrn.get(current)?.dependencies ?? []) {
      if (found.has(dependency)) continue;
      found.add(dependency);
      visit(dependency);
    }
  };
  visit(urn);
  return found;
}

interface NodeGroup {
  readonly instanceTypes: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly { readonly key: string; readonly value: string }[];
}
interface PodSpec {
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly affinity?: {
    readonly nodeAffinity: {
      readonly requiredDuringSchedulingIgnoredDuringExecution: {
        readonly nodeSelectorTerms: readonly {
          readonly matchExpressions: readonly {
            readonly key: string;
            readonly values: readonly string[];
          }[];
        }[];
      };
    };
  };
  readonly tolerations?: readonly { readonly key: string; readonly value?: string }[];
}
interface Deployment {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly template: { readonly spec: PodSpec } };
}

/** As the scheduler decides it, for the forms that our pods use. */
function accepts({ labels: given, taints, instanceTypes }: NodeGroup, pod: PodSpec): boolean {
  // The kubelet's own label; a group has types of one architecture.
  const architecture = instanceTypes[0]?.startsWith("m7g.") ? "arm64" : "amd64";
  const labels: NodeGroup["labels"] = { ...given, "kubernetes.io/arch": architecture };
  const terms =
    pod.affinity?.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms;
  const selected = Object.entries(pod.nodeSelector ?? {}).every(
    ([key, value]) => labels[key] === value,
  );
  const matched =
    terms?.some(({ matchExpressions }) =>
      matchExpressions.every(({ key, values }) => values.includes(labels[key] ?? "")),
    ) ?? true;
  const tolerated = taints.every(({ key, value }) =>
    pod.tolerations?.some((toleration) => toleration.key === key && toleration.value === value),
  );
  return selected && matched && tolerated;
}

for (const name of environmentNames)
  describe(`the platform of ${name}`, () => {
    it("registers the same resources with the same options whether values are known or not", async () => {
      const [known, unknown] = await Promise.all(modes.map((mode) => planned(name, mode)));
      const shape = (registrations: readonly Registration[]) =>
        registrations
          .map(({ urn, protect, parent, inputs }) => [
            urn,
            protect,
            parent,
            Object.keys(inputs).sort().join(),
          ])
          .sort();
      expect(shape(unknown!)).to.deep.equal(shape(known!));
    });

    for (const mode of modes)
      it(`violates no policy, values ${mode}`, async () => {
        const levels = JSON.parse(readFileSync(`policy/levels/${name}.json`, "utf8")) as Record<
          string,
          unknown
        >;
        expect(await analyzeAll(await planned(name, mode), levels)).to.deep.equal([]);
      });

    it("gives every resource of AWS and Kubernetes an explicit provider", async () => {
      const without = (await planned(name, "known"))
        .filter(({ type, custom }) => custom && /^(aws|kubernetes):/.test(type))
        .filter(({ provider }) => provider === "");
      expect(without.map(({ urn }) => urn)).to.deep.equal([]);
    });

    it("creates nothing inside the cluster before its controllers", async () => {
      const registrations = await planned(name, "known");
      const controller = registrations.find(({ type }) => type.endsWith("v3:Release"))!;
      const inside = registrations.filter(
        ({ type, parent }) =>
          type.startsWith("kubernetes:") && parent.includes("platform:services:"),
      );
      const early = inside.filter(
        ({ urn }) => !allDependencies(registrations, urn).has(controller.urn),
      );
      expect(inside.length).to.be.greaterThan(30);
      expect(early.map(({ urn }) => urn)).to.deep.equal([]);
    });

    it("has nodes for every service: a class that carries the label it asks for and taints that it tolerates", async () => {
      const registrations = await planned(name, "known");
      const groups = registrations
        .filter(({ type }) => type === "eks:index:ManagedNodeGroup")
        .map(({ inputs }) => inputs as unknown as NodeGroup);
      const deployments = registrations
        .filter(({ type }) => /:(Deployment|Rollout)$/.test(type))
        .filter(({ parent }) => parent.includes("platform:services:"))
        .map(({ inputs }) => inputs as unknown as Deployment);
      const homeless = deployments.filter(
        ({ spec }) => !groups.some((group) => accepts(group, spec.template.spec)),
      );
      expect(deployments).to.have.length(services.length);
      expect(homeless.map(({ metadata }) => metadata.name)).to.deep.equal([]);
    });

    it("tags for cost what the cluster makes by itself: nodes, their volumes, load balancers", async () => {
      const registrations = await planned(name, "known");
      const tags = { project: "auterity", environment: name, "managed-by": "pulumi" };
      const templates = registrations.filter(({ type }) => type.includes("launchTemplate"));
      const specifications = templates.flatMap(
        ({ inputs }) => inputs["tagSpecifications"] as { resourceType: string; tags: object }[],
      );
      expect(templates).to.have.length(4);
      expect(new Set(specifications.map(({ resourceType }) => resourceType))).to.include.all.keys(
        "instance",
        "volume",
      );
      for (const specification of specifications) expect(specification.tags).to.include(tags);
      const release = registrations.find(({ type }) => type.endsWith("v3:Release"))!;
      const { defaultTags } = release.inputs["values"] as { readonly defaultTags: object };
      expect(defaultTags).to.include(tags);
    });

    it("names each child after its component, so that two can stand in one stack", async () => {
      const registrations = await planned(name, "known");
      const byUrn = new Map(registrations.map((registration) => [registration.urn, registration]));
      const strangers = registrations.filter((registration) => {
        const parent = byUrn.get(registration.parent);
        return parent?.type.startsWith("platform:") && !registration.name.startsWith(parent.name);
      });
      expect(strangers.map(({ urn }) => urn)).to.deep.equal([]);
    });
  });

describe("the platform, component by component", () => {
  it("of prod", async () => {
    expect(countByComponent(await planned("prod", "known"))).to.deep.equal({
      "the program": 9,
      "platform:observation:AlarmTopic": 8,
      "platform:observation:AnomalyAlarms": 8,
      "platform:cost:CostControls": 16,
      "platform:cost:CostExport": 24,
      "platform:cost:ClusterCosts": 6,
      "platform:network:SecureVpc": 46,
      "platform:network:EdgeProtection": 30,
      "platform:identity:UserDirectory": 12,
      "platform:observation:FlowLogAnalysis": 25,
      "platform:observability:ObservabilityDashboards": 19,
      "platform:observability:ObservabilityRules": 31,
      "platform:observation:ObservabilityStack": 59,
      "platform:observation:SyntheticMonitoring": 31,
      "platform:observation:TraceStore": 23,
      "platform:security:VulnerabilityScanner": 10,
      "platform:scaling:EventDrivenAutoscaler": 8,
      "platform:scaling:ServiceScaling": 15,
      "platform:secrets:SecretsSync": 183,
      "platform:cluster:ClusterAutoscaler": 9,
      "platform:cluster:NodeHeadroom": 12,
      "platform:cluster:ZonalAutoshift": 3,
      "platform:cluster:MultiAzCluster": 86,
      "platform:delivery:ImageRegistry": 41,
      "platform:data:MultiAzDatabase": 26,
      "platform:data:MultiAzCache": 32,
      "platform:data:MessageBroker": 26,
      "platform:data:EventStream": 20,
      "platform:data:ReplicatedBucket": 76,
      "platform:recovery:DrReplication": 59,
      "platform:resilience:ChaosExperiments": 38,
      "platform:resilience:ServiceAlarms": 4,
      "platform:services:ServiceIdentity": 28,
      "platform:data:DatabaseUsers": 15,
      "platform:services:PriorityClasses": 4,
      "platform:services:ServiceNamespace": 24,
      "platform:services:ServiceConversations": 8,
      "platform:services:PlatformService": 35,
      "platform:delivery:ProgressiveDelivery": 12,
      "platform:services:PublicIngress": 17,
    });
  });

  it("of dev and recovery prices nothing in the cluster", async () => {
    for (const name of ["dev", "recovery"] as const) {
      const registered = (await planned(name, "known")).map(({ type, name }) => `${type} ${name}`);
      const ofCosts = registered.filter((each) => /ClusterCosts|-opencost/.test(each));
      expect(ofCosts, name).to.deep.equal([]);
    }
  });

  it("of recovery pulls from the replicated repositories, and creates none", async () => {
    const types = (await planned("recovery", "known")).map(({ type }) => type);
    expect(types.filter((type) => type.startsWith("aws:ecr/"))).to.deep.equal([]);
  });

  it("keeps its control plane as it is when a zone is appended to the network", async () => {
    const zones = ["us-west-2a", "us-west-2b", "us-west-2c", "us-west-2d"];
    const clusterOf = (registrations: readonly Registration[]) =>
      registrations.find(({ type }) => type === "eks:index:Cluster")?.inputs;
    const before = await planned("prod", "known");
    const after = await plannedWith("prod", { "settings.network.availabilityZones": zones });
    expect(after.length).to.be.greaterThan(before.length);
    expect(clusterOf(before)).to.be.an("object");
    expect(clusterOf(after)).to.deep.equal(clusterOf(before));
  });
});
