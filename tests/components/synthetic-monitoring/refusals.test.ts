import { expect } from "chai";
import {
  SyntheticMonitoring,
  type SyntheticMonitoringArgs,
} from "../../../components/synthetic-monitoring";
import type { ArgsError } from "../../../components/shared/args-error";
import { args } from "./fixture";

/** Nor a user to sign in as. */
function withoutNetwork(): SyntheticMonitoringArgs {
  const rest: Partial<SyntheticMonitoringArgs> = { ...args };
  Reflect.deleteProperty(rest, "network");
  Reflect.deleteProperty(rest, "signIn");
  return rest as SyntheticMonitoringArgs;
}

function problemsOf(given: SyntheticMonitoringArgs): readonly string[] {
  try {
    new SyntheticMonitoring("shop", given);
  } catch (error) {
    return (error as ArgsError).problems;
  }
  return [];
}

describe("SyntheticMonitoring", () => {
  it("refuses everything that is wrong at once", () => {
    const step = { name: "answer", url: "https://shop.example/", expectedStatus: 200 };
    const wrong: SyntheticMonitoringArgs = {
      ...withoutNetwork(),
      everyMinutes: 0.5,
      retentionDays: 31,
      canaries: {
        "Start page": { steps: [] },
        inside: {
          internal: true,
          slowRunMilliseconds: 0,
          steps: [step, { ...step, signedIn: true }],
        },
        wrong: {
          steps: [
            { ...step, name: "No Name", url: "shop.example" },
            { ...step, name: "user", url: "https://me:secret@shop.example/" },
            { ...step, name: "plain", url: "http://shop.example/", leastCertificateDays: 14 },
            { ...step, name: "status", expectedStatus: 20, slowAfterMilliseconds: 10 },
            { ...step, name: "text", expectedText: "", leastCertificateDays: 500 },
          ],
        },
      },
    };
    expect(problemsOf(wrong)).to.deep.equal([
      "everyMinutes: got 0.5, need 1 to 60",
      "retentionDays: got 31, need one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400",
      'canaries: got the name "Start page", need a DNS label',
      "canaries.Start page.steps: got none, need at least one",
      'canaries.inside.steps: got "answer" twice, need each name once',
      "canaries.inside.steps.answer.signedIn: got true without signIn, need the canaries' user",
      "canaries.inside.slowRunMilliseconds: got 0, need 1 to 840000 milliseconds",
      "canaries.inside.internal: got true without network, need where it runs",
      "canaries.inside.steps: may take 50 s together, need at most 30, when the next run begins",
      "canaries.wrong.steps.No Name: need a DNS label as its name",
      'canaries.wrong.steps.No Name.url: got "shop.example", need http:// or https://',
      "canaries.wrong.steps.user.url: got a user in the address, need signedIn",
      "canaries.wrong.steps.plain.url: got http://, need https://, or where it redirects to",
      "canaries.wrong.steps.plain.leastCertificateDays: got 14 with http://, which shows none",
      "canaries.wrong.steps.status.expectedStatus: got 20, need 100 to 599",
      "canaries.wrong.steps.status.slowAfterMilliseconds: got 10, need 100 to 300000 milliseconds",
      "canaries.wrong.steps.text.expectedText: got nothing, need text, or leave it out",
      "canaries.wrong.steps.text.leastCertificateDays: got 500, need 1 to 365",
      "canaries.wrong.steps: may take 71 s together, need at most 30, when the next run begins",
    ]);
    expect(problemsOf({ ...args, canaries: {} })).to.deep.equal([
      "canaries: got none, need at least one",
    ]);
    const long = { ...step, expectedText: "x".repeat(4000) };
    expect(problemsOf({ ...args, canaries: { long: { steps: [long] } } })).to.deep.equal([
      "canaries.long.steps: take 4153 bytes of the environment, need at most 3584; split the canary",
    ]);
  });
});
