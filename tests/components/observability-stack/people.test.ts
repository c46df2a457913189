import { expect } from "chai";
import { defaultConfiguration } from "../../../components/observability-stack";
import { statementsOf } from "../../support/store-fixture";
import { args, type Given, inputsOf, valuesOf } from "./fixture";

describe("Grafana of the stack", () => {
  it("lets nobody in but by the user pool, and nobody of it who is in no group", async () => {
    const { grafana } = (await valuesOf("kube-prometheus-stack")) as { grafana: object };
    expect(grafana).to.deep.include({
      env: { GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION: "true" },
    });
    const { "grafana.ini": ini } = grafana as { "grafana.ini": Record<string, object> };
    expect(ini["auth.anonymous"]).to.deep.equal({ enabled: false });
    expect(ini["auth.basic"]).to.deep.equal({ enabled: false });
    expect(ini["auth"]).to.include({ disable_login_form: true });
    expect(ini["auth.generic_oauth"]).to.deep.include({
      use_pkce: true,
      role_attribute_strict: true,
      allow_assign_grafana_admin: false,
      client_id: "client",
      role_attribute_path:
        "contains(\"cognito:groups\"[*], 'platform-administrators') && 'Admin' || " +
        "contains(\"cognito:groups\"[*], 'platform-viewers') && 'Viewer'",
    });
    expect(ini["auth.generic_oauth"]).not.to.have.property("client_secret");
  });

  it("insists on TLS wherever the browser is not on the same machine", async () => {
    const secure = (values: Record<string, unknown>) =>
      (values as { grafana: { "grafana.ini": { security: object } } }).grafana["grafana.ini"]
        .security;
    const far = { ...args, grafana: { ...args.grafana, rootUrl: "https://grafana.example.com" } };
    expect(secure(await valuesOf("kube-prometheus-stack", far))).to.include({
      cookie_secure: true,
    });
    expect(secure(await valuesOf("kube-prometheus-stack"))).to.include({ cookie_secure: false });
  });

  it("reads dashboards and no Secret", async () => {
    expect(await inputsOf("Role", "watch-dashboards")).to.deep.include({
      rules: [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get", "list", "watch"] }],
    });
    const { grafana } = (await valuesOf("kube-prometheus-stack")) as { grafana: object };
    expect(grafana).to.deep.include({ rbac: { create: false } });
  });
});

describe("Alerting of the stack", () => {
  it("sends the alert that always fires to a topic whose silence CloudWatch tells", async () => {
    expect(await inputsOf("Topic", "watch-heartbeat")).to.include({
      name: "auterity-test-heartbeat",
      kmsMasterKeyId: args.alerting.topicKeyArn,
    });
    expect(await inputsOf("MetricAlarm", "watch-alerting-silent")).to.deep.include({
      namespace: "AWS/SNS",
      metricName: "NumberOfMessagesPublished",
      treatMissingData: "breaching",
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      alarmActions: [args.alerting.topicArn],
    });
    const { routes } = defaultConfiguration({ ...args, alerting: args.alerting }).route;
    expect(routes[0]).to.deep.include({
      receiver: "heartbeat",
      matchers: ['alertname="Watchdog"'],
      repeat_interval: "1m",
    });
  });

  it("takes another configuration whole, and its secrets as files", async () => {
    const configuration = { route: { receiver: "us" }, receivers: [{ name: "us" }] };
    const given: Given = {
      ...args,
      alerting: { ...args.alerting, configuration, secretNames: ["pager"] },
    };
    const kps = (await valuesOf("kube-prometheus-stack", given)) as {
      alertmanager: { config: object; alertmanagerSpec: object };
    };
    expect(kps.alertmanager.config).to.deep.equal({
      inhibit_rules: [],
      templates: [],
      ...configuration,
    });
    // Not the operator's own list of secrets, which would keep Alertmanager from starting until they are there.
    expect(kps.alertmanager.alertmanagerSpec).to.deep.include({
      volumes: [{ name: "pager", secret: { secretName: "pager", optional: true } }],
      volumeMounts: [
        { name: "pager", mountPath: "/etc/alertmanager/secrets/pager", readOnly: true },
      ],
    });
    expect(kps.alertmanager.alertmanagerSpec).to.not.have.property("secrets");
  });

  it("may publish to the two topics, and read what no other part may", async () => {
    const of = async (account: string) =>
      statementsOf((await inputsOf("RolePolicy", `watch-${account}`))["policy"]);
    expect((await of("alertmanager"))["Tell"]).to.deep.include({
      Action: "sns:Publish",
      Resource: [
        args.alerting.topicArn,
        "arn:aws:sns:us-west-2:123456789012:auterity-test-heartbeat",
      ],
    });
    expect(Object.keys(await of("loki"))).to.deep.equal([
      "FindObjects",
      "UseObjects",
      "EncryptObjects",
    ]);
    expect((await of("jaeger"))["UseTraces"]).to.deep.include({
      Resource: "arn:aws:es:us-west-2:123456789012:domain/traces/*",
    });
    expect((await of("cloudwatch-exporter"))["ReadMetrics"]!["Action"]).to.deep.equal([
      "cloudwatch:GetMetricData",
      "cloudwatch:GetMetricStatistics",
      "cloudwatch:ListMetrics",
      "tag:GetResources",
    ]);
  });
});
