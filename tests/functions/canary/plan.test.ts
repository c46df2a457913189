import { expect } from "chai";
import { parsePlan } from "../../../functions/canary/plan";

describe("canary: its plan", () => {
  it("is refused with everything that is wrong", () => {
    const refusal = (text: string | undefined): string => {
      try {
        parsePlan(text);
      } catch (error) {
        return (error as Error).message;
      }
      return "";
    };
    expect(refusal(undefined)).to.equal("CANARY_PLAN was refused: need a JSON object");
    expect(refusal("[]")).to.equal("CANARY_PLAN was refused: need a JSON object");
    const plan = {
      steps: [
        3,
        {
          ...{ method: "PUT", url: "shop.example", expectedStatus: 99, signedIn: true },
          ...{ expectedText: "", redirectsTo: "/", leastCertificateDays: 0 },
        },
      ],
      signIn: { endpoint: "https://pool.example" },
    };
    expect(refusal(JSON.stringify(plan)).split("\n  - ")).to.deep.equal([
      "CANARY_PLAN was refused:",
      "name: need a name",
      "steps[0]: need an object",
      "steps[1].name: need a name",
      "steps[1].method: need GET or POST",
      "steps[1].url: need http:// or https://",
      "steps[1].expectedStatus: need 100 to 599",
      "steps[1].slowAfterMilliseconds: need 1 to 300000",
      "steps[1].redirectsTo: need http:// or https://",
      "steps[1].expectedText: need text",
      "steps[1].leastCertificateDays: need 1 to 365",
      "signIn.clientId: need text",
      "signIn.secretId: need text",
    ]);
    expect(refusal('{"name":"x","steps":[]}')).to.contain("steps: need at least one");
    const step = { name: "a", method: "GET", url: "https://a.example", expectedStatus: 200 };
    const signed = { ...step, slowAfterMilliseconds: 1, signedIn: true };
    expect(refusal(JSON.stringify({ name: "x", steps: [signed] }))).to.contain(
      "steps[0].signedIn: need signIn of the plan",
    );
  });
});
