import { expect } from "chai";
import { recoveryMetrics } from "../../../components/dr-replication/alarms";
import { heartbeat } from "../../../components/dr-replication/checks";
import { allHold, isAbout, lostSeconds } from "../../../functions/restore-validation/checks";
import {
  heartbeatColumn,
  heartbeatDatabase,
  heartbeatTable,
} from "../../../functions/restore-validation/heartbeat";
import { readOrder, readStart } from "../../../functions/restore-validation/order";
import { metricLine, validationMessage } from "../../../functions/restore-validation/report";

const report = {
  environment: "prod",
  resourceType: "Aurora",
  findings: [
    { check: "newest-record a", holds: true, seen: "12 s", lostSeconds: 12 },
    { check: "row-counts b", holds: false, seen: "public.orders: is missing" },
  ],
  startedAt: new Date("2026-07-01T09:00:00Z"),
  validatedAt: new Date("2026-07-01T09:20:00Z"),
};

describe("the result of a restore test", () => {
  it("is metrics that the alarms ask for, with the findings beside them", () => {
    const line = JSON.parse(metricLine(report)) as Record<string, unknown> & {
      _aws: { CloudWatchMetrics: { Namespace: string; Metrics: { Name: string }[] }[] };
    };
    const [metrics] = line._aws.CloudWatchMetrics;
    expect(metrics?.Namespace).to.equal(recoveryMetrics.namespace);
    expect(metrics?.Metrics.map(({ Name }) => Name)).to.have.members([
      recoveryMetrics.validated,
      recoveryMetrics.refuted,
      recoveryMetrics.rpo,
      recoveryMetrics.rto,
    ]);
    expect(line).to.deep.include({
      RestoresValidated: 0,
      RestoresRefuted: 1,
      MeasuredRpo: 12,
      MeasuredRto: 1200,
      findings: report.findings,
    });
  });

  it("says in words what failed, no longer than AWS Backup takes", () => {
    expect(validationMessage(report)).to.equal(
      "1 of 2 checks hold; RPO 12 s; RTO 1200 s; row-counts b: public.orders: is missing",
    );
    const long = { check: "a", holds: false, seen: "x".repeat(2000) };
    expect(validationMessage({ ...report, findings: [long] })).to.have.length(1000);
  });

  it("measures no loss that nobody looked for", () => {
    const findings = [{ check: "a", holds: true, seen: "" }];
    const line = JSON.parse(metricLine({ ...report, findings })) as Record<string, unknown>;
    expect(line).not.to.have.property("MeasuredRpo");
    expect(line["RestoresValidated"]).to.equal(1);
  });

  it("proves nothing without a check", () => {
    expect(allHold([])).to.equal(false);
    expect(lostSeconds([])).to.equal(undefined);
  });

  it("lets a table grow, and a small one by some rows, but not be empty", () => {
    expect(isAbout(1000, 800, 25)).to.equal(true);
    expect(isAbout(1000, 700, 25)).to.equal(false);
    expect(isAbout(30, 12, 25)).to.equal(true);
    expect(isAbout(30, 0, 25)).to.equal(false);
    expect(isAbout(30, 29, 0)).to.equal(false);
  });

  it("is of the heartbeat that the component speaks of", () => {
    expect(heartbeat).to.deep.equal({
      database: heartbeatDatabase,
      table: heartbeatTable,
      column: heartbeatColumn,
    });
  });
});

describe("what starts the function", () => {
  it("is the heartbeat, or the end of a restore", () => {
    const detail = { restoreJobId: "job" };
    expect(readStart({ heartbeat: "true" })).to.deep.equal({ kind: "heartbeat" });
    expect(readStart({ detail })).to.deep.equal({ kind: "restore", restoreJobId: "job" });
    expect(() => readStart({ detail: {} })).to.throw("the event names no restore job");
    expect(() => readStart(undefined)).to.throw("the event names no restore job");
  });

  it("finds its order in the environment", () => {
    expect(() => readOrder("ORDER", undefined)).to.throw("ORDER is not set");
    expect(() => readOrder("ORDER", "{}")).to.throw("ORDER.environment: need a text");
    const order = { environment: "prod", planArn: "plan" };
    expect(() => readOrder("ORDER", JSON.stringify(order))).to.throw("ORDER.buckets");
    expect(readOrder("ORDER", JSON.stringify({ ...order, buckets: {} }))).to.deep.equal({
      ...order,
      buckets: {},
    });
  });
});
