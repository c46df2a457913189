import { expect } from "chai";
import { isAlert, objectivesOf, type RuleGroup } from "../../../components/observability-rules";
import { objectiveGroups } from "../../../components/observability-rules/slo/rules";
import { burnRate, burnThreshold, burnWindows } from "../../../components/shared/burn-rates";
import { services } from "../../../stacks/services";
import { api } from "../platform-service-fixture";

const [availability, latency] = objectivesOf([api]);

function recorded(groups: readonly RuleGroup[], record: string): string | undefined {
  for (const { rules } of groups)
    for (const rule of rules) if (!isAlert(rule) && rule.record === record) return rule.expression;
  return undefined;
}

function alert(groups: readonly RuleGroup[], name: string) {
  return groups.flatMap(({ rules }) => rules.filter(isAlert)).find((rule) => rule.name === name);
}

describe("Burn rates", () => {
  it("are those of the SRE workbook over thirty days", () => {
    expect(
      burnWindows.map((window) => [window.alert, window.long, window.short, burnRate(window, 30)]),
    ).to.deep.equal([
      ["page", "1h", "5m", 14.4],
      ["page", "6h", "30m", 6],
      ["ticket", "1d", "2h", 3],
      ["ticket", "3d", "6h", 1],
    ]);
  });

  it("are never below even, whatever the window", () => {
    expect(burnWindows.map((window) => burnRate(window, 28))).to.deep.equal([13.44, 5.6, 2.8, 1]);
    expect(burnWindows.map((window) => burnRate(window, 90))).to.deep.equal([43.2, 18, 9, 3]);
  });

  it("become ratios of errors without a trace of binary fractions", () => {
    const objective = { targetPercent: 99.95, windowDays: 30 };
    expect(burnWindows.map((window) => burnThreshold(window, objective))).to.deep.equal([
      0.0072, 0.003, 0.0015, 0.0005,
    ]);
  });
});

describe("The rules of an objective", () => {
  const groups = objectiveGroups(availability!);

  it("record the ratio of errors over every window, and zero where nobody asks", () => {
    const of = 'namespace="shop",container="shop-api"';
    const total = `sum(rate(http_requests_total{${of}}[1h]))`;
    expect(recorded(groups, "slo:sli_error:ratio_rate1h")).to.equal(
      `sum(rate(http_requests_total{${of},status=~"5.."}[1h])) / (${total} > 0) or ${total} * 0`,
    );
    const records = groups.flatMap(({ rules }) =>
      rules.flatMap((rule) => (isAlert(rule) ? [] : [rule.record])),
    );
    for (const window of ["5m", "30m", "1h", "2h", "6h", "1d", "3d"])
      expect(records, window).to.include(`slo:sli_error:ratio_rate${window}`);
  });

  it("measure latency by the bucket of its threshold", () => {
    const of = 'namespace="shop",container="shop-api"';
    const count = `sum(rate(http_request_duration_seconds_count{${of}}[5m]))`;
    expect(recorded(objectiveGroups(latency!), "slo:sli_error:ratio_rate5m")).to.equal(
      `(${count} - sum(rate(http_request_duration_seconds_bucket{${of},le="0.5"}[5m]))) / (${count} > 0) or ${count} * 0`,
    );
  });

  it("page when two windows burn, and enough has failed to be more than chance", () => {
    const s = '{slo_service="shop-api",slo="availability"}';
    expect(alert(groups, "SloBurnFast")?.expression).to.equal(
      `(slo:sli_error:ratio_rate5m${s} > 0.0144 and slo:sli_error:ratio_rate1h${s} > 0.0144 and slo:sli_bad:increase1h${s} >= 5)` +
        ` or (slo:sli_error:ratio_rate30m${s} > 0.006 and slo:sli_error:ratio_rate6h${s} > 0.006 and slo:sli_bad:increase6h${s} >= 5)`,
    );
  });

  it("page nobody for a promise that is worth a ticket", () => {
    const ticket = objectiveGroups({ ...availability!, pages: false });
    expect(alert(ticket, "SloBurnFast")).to.equal(undefined);
    expect(alert(ticket, "SloBurnSlow")?.severity).to.equal("warning");
  });

  it("tell service, namespace and team, so that whoever is told can tell which", () => {
    expect(alert(groups, "SloBurnFast")).to.deep.include({
      team: "checkout",
      labels: {
        namespace: "shop",
        service: "shop-api",
        slo: "availability",
        slo_service: "shop-api",
      },
      summary:
        "shop-api promises 99.9 % of requests that are answered without an error of the server: at this rate the errors allowed in 30 days are used up within 5 days",
    });
  });
});

describe("The catalogue's objectives", () => {
  const objectives = objectivesOf(services);

  it("are these", () => {
    expect(
      objectives.map(({ service, name, targetPercent, pages }) => [
        service,
        name,
        targetPercent,
        pages,
      ]),
    ).to.deep.equal([
      ["automatrix-api", "availability", 99.95, true],
      ["automatrix-api", "latency", 95, true],
      ["automatrix-api", "workflows", 99, false],
      ["automatrix-api", "ai-answers", 99, true],
      ["relaycore", "availability", 99.95, true],
      ["relaycore", "latency", 95, true],
      ["relaycore", "ai-answers", 99, true],
      ["neuroweaver-api", "availability", 99.95, true],
      ["neuroweaver-api", "inference-speed", 95, false],
    ]);
  });

  it("look at each service under its own names and labels, and leave probes out", () => {
    const bad = (service: string, name: string): string =>
      objectives
        .find((each) => each.service === service && each.name === name)
        ?.bad("5m")
        .replace(/^sum\(rate\(|\[5m\]\)\)$/g, "") ?? "";
    expect(bad("automatrix-api", "availability")).to.equal(
      'http_requests_total{namespace="automatrix",container="automatrix-api",endpoint!~"/health",exported_endpoint!~"/health",status=~"5.."}',
    );
    expect(bad("relaycore", "availability")).to.equal(
      'http_requests_total{namespace="relaycore",container="relaycore",route!~"/health|/health/live|/health/ready|/live|/ready",status_code=~"5.."}',
    );
    expect(bad("neuroweaver-api", "availability")).to.equal(
      'neuroweaver_requests_total{namespace="neuroweaver",container="neuroweaver-api",endpoint!~"/api/v1/health/ready|/api/v1/health/live",exported_endpoint!~"/api/v1/health/ready|/api/v1/health/live",status_code=~"5.."}',
    );
  });
});
