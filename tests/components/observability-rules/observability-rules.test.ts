import { expect } from "chai";
import { ObservabilityRules } from "../../../components/observability-rules";
import { startOfflineEngine } from "../../support/engine";
import { args, refusal, register } from "./fixture";

const rule = "kubernetes:monitoring.coreos.com/v1:PrometheusRule";
const subjects = [
  ...["slo-shop-api-availability", "slo-shop-api-latency", "nodes", "capacity", "services"],
  ...["workloads", "applications", "control-plane", "ingress", "stores", "secrets", "security"],
  ...["cost", "paging", "telemetry", "anomalies", "incidents"],
];
const withRules = subjects.filter((subject) => subject !== "applications");

describe("ObservabilityRules", () => {
  for (const mode of ["known", "unknown"] as const)
    it(`registers an object by subject and nothing else (${mode} values)`, async () => {
      const registrations = await register(args, mode);
      expect(registrations.map(({ type, name }) => [type, name])).to.have.deep.members([
        ["platform:observability:ObservabilityRules", "rules"],
        ...withRules.map((subject) => [rule, `rules-${subject}`]),
      ]);
    });

  it("puts them where Prometheus looks, under the labels that it selects by", async () => {
    const registrations = await register({ ...args, labels: { release: "prometheus" } });
    const objects = registrations.filter(({ type }) => type === rule);
    for (const { inputs } of objects)
      expect(inputs["metadata"]).to.deep.include({
        namespace: "monitoring",
        labels: { release: "prometheus", "app.kubernetes.io/managed-by": "pulumi" },
      });
  });

  it("lets each alert name the dashboard of its service, or of its subject", async () => {
    const registrations = await register({ ...args, dashboardUrl: "https://grafana.example" });
    const annotationsOf = (object: string, alert: string): unknown => {
      const { inputs } = registrations.find(({ name }) => name === `rules-${object}`)!;
      const { groups } = inputs["spec"] as { groups: { rules: Record<string, unknown>[] }[] };
      const found = groups.flatMap(({ rules }) => rules).find((rule) => rule["alert"] === alert);
      return (found!["annotations"] as Record<string, string>)["dashboard_url"];
    };
    expect(annotationsOf("services", "ServiceDown")).to.equal(
      "https://grafana.example/d/service-shop-api",
    );
    expect(annotationsOf("nodes", "ZoneLost")).to.equal("https://grafana.example/d/cluster");
    expect(annotationsOf("paging", "Watchdog")).to.equal("https://grafana.example/d/telemetry");
  });

  it("gives Alertmanager's configuration as text, with files in place of secrets", async () => {
    const engine = await startOfflineEngine({ mode: "known" });
    const rules = new ObservabilityRules("rules", args);
    await engine.settle();
    const { route, receivers } = JSON.parse(rules.alertmanagerConfiguration) as {
      route: { receiver: string };
      receivers: { name: string }[];
    };
    expect(route.receiver).to.equal("chat-platform");
    expect(receivers.map(({ name }) => name)).to.deep.equal([
      ...["nobody", "dead-mans-switch", "page-platform", "page-checkout"],
      ...["chat-platform", "chat-checkout"],
    ]);
    expect(rules.alertmanagerConfiguration).to.contain(
      '"routing_key_file": "/etc/alertmanager/secrets/alert-receivers/pagerduty-checkout"',
    );
  });

  it("refuses everything that is wrong at once, and registers nothing", async () => {
    const engine = await startOfflineEngine({ mode: "known" });
    const problems = refusal(
      () =>
        new ObservabilityRules("rules", {
          ...args,
          zones: [],
          runbookUrl: "http://runbooks.example/",
          dashboardUrl: "grafana.example/",
          aiSpendPerDay: 0,
          alerting: {
            teams: ["platform"],
            pagerDutyKeys: { checkout: "no key", billing: "R0123456789ABCDEFGHIJ" },
            secretsFolder: "secrets/",
            officeHours: { timeZone: "Berlin", from: "8:00", to: "07:00" },
          },
        }),
    );
    await engine.settle();
    expect(problems).to.deep.equal([
      "zones: got none, need those that have nodes",
      'runbookUrl: got "http://runbooks.example/", need https:// without a slash at its end',
      'dashboardUrl: got "grafana.example/", need https:// or http:// without a slash at its end',
      "aiSpendPerDay: got 0, need more than 0",
      "alerting.pagerDutyKeys.platform: got nothing, need the key of the secret that holds the team's routing key; its critical alerts would page nobody",
      "alerting.pagerDutyKeys.checkout: got a key, need one of platform",
      "alerting.pagerDutyKeys.billing: got a key, need one of platform",
      'alerting.pagerDutyKeys.checkout: got "no key", need the key of a secret',
      "alerting.pagerDutyKeys.billing: got what looks like a routing key itself, need the key of the secret that holds it",
      'alerting.secretsFolder: got "secrets/", need an absolute folder without a slash at its end',
      'alerting.officeHours.timeZone: got "Berlin", need an IANA time zone',
      'alerting.officeHours.from: got "8:00", need an hour such as 07:00',
    ]);
    expect(engine.registrations).to.deep.equal([]);
  });

  it("refuses a team that is paged without a key, by name", () => {
    const alerting = { ...args.alerting, pagerDutyKeys: { platform: "pagerduty-platform" } };
    expect(refusal(() => new ObservabilityRules("rules", { ...args, alerting }))).to.deep.equal([
      "alerting.pagerDutyKeys.checkout: got nothing, need the key of the secret that holds the team's routing key; its critical alerts would page nobody",
    ]);
  });

  it("refuses alerts of a team that nobody looks for", () => {
    const alerting = { ...args.alerting, teams: ["platform"], pagerDutyKeys: {} };
    expect(refusal(() => new ObservabilityRules("rules", { ...args, alerting }))).to.deep.equal([
      "alerting.teams: got alerts of checkout, need it among platform",
    ]);
  });

  it("refuses a broken record without a word on the rules that it would have made", () => {
    const [api, ...others] = args.records;
    const slo = { ...api!.slo!, availabilityPercent: 100 };
    const records = [{ ...api!, slo }, ...others];
    expect(refusal(() => new ObservabilityRules("rules", { ...args, records }))).to.deep.equal([
      "records.shop-api.slo.availabilityPercent: got 100, need more than 0 and less than 100",
    ]);
  });
});
