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
    const { spec } = await scaledObjectOf({ record: busyApi, schedule: "none", workingHours });
    expect(spec["minReplicaCount"]).to.equal(0);
    expect(spec).not.to.have.property("fallback");
    expect(spec.triggers[1]).to.have.nested.property("metadata.activationThreshold", "25");
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
    const { spec } = await scaledObjectOf({ record: trainer, workingHours });
    expect(spec).to.deep.equal((await scaledObjectOf({ record: trainer })).spec);
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
