import { expect } from "chai";
import { ArgsError } from "../../../components/shared/args-error";
import { busyApi, register, scaledObjectOf, trainer } from "./fixture";

describe("ServiceScaling with working hours", () => {
  const workingHours = {
    timeZone: "America/Los_Angeles",
    start: "0 7 * * 1,2,3,4,5",
    end: "0 20 * * 1,2,3,4,5",
  };

  it("rests at none, and the clock holds the floor by day", async () => {
    const { spec, metadata } = await scaledObjectOf({
      ...{ record: busyApi, schedule: "none", workingHours },
    });
    expect(metadata.labels).to.include({ "auterity.io/rests": "at-night" });
    expect(spec["minReplicaCount"]).to.equal(0);
    expect(spec).not.to.have.property("fallback");
    // At night there is no series: as an error it would keep the pods that are there.
    expect(spec.triggers[1]).to.deep.include({ type: "prometheus", metricType: "AverageValue" });
    expect(spec.triggers[1]?.metadata).to.include({
      ...{ threshold: "25", activationThreshold: "25", ignoreNullValues: "true" },
    });
    expect(spec.triggers[2]).to.deep.equal({
      type: "cron",
      metricType: "AverageValue",
      metadata: {
        timezone: "America/Los_Angeles",
        start: "0 7 * * 1,2,3,4,5",
        end: "0 20 * * 1,2,3,4,5",
        desiredReplicas: String(busyApi.scaling.min),
      },
    });
  });

  it("leaves what always rests at none to its work", async () => {
    const by = await scaledObjectOf({ record: trainer, workingHours });
    expect(by.spec).to.deep.equal((await scaledObjectOf({ record: trainer })).spec);
    expect(by.metadata.labels).not.to.have.property("auterity.io/rests");
  });

  it("is found by a label that nobody else sets", async () => {
    const labels = { "auterity.io/rests": "never" };
    const error = await register({ record: trainer, labels }).catch((e: unknown) => e);
    expect(String(error)).to.include(
      "labels.auterity.io/rests: got a label that this component sets, need another key",
    );
  });

  it("refuses no time zone, and a schedule beside", async () => {
    const bad = { ...workingHours, timeZone: "Mars/Base" };
    const error = await register({ record: busyApi, workingHours: bad }).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(ArgsError);
    expect(String(error)).to.include(
      'workingHours.timeZone: got "Mars/Base", need an IANA time zone such as "America/Los_Angeles"',
    );
    expect(String(error)).to.include('need schedule "none"');
  });
});
