import type { RequestListener } from "node:http";
import { expect } from "chai";
import type { CanaryPlan, Step } from "../../../functions/canary/plan";
import { answers, run } from "./run";
import { createAuthority, type Site, startSite } from "./site";

describe("canary: a step", () => {
  const sites: Site[] = [];
  const start = async (...args: Parameters<typeof startSite>): Promise<Site> => {
    const site = await startSite(...args);
    sites.push(site);
    return site;
  };
  afterEach(async () => {
    for (const site of sites.splice(0)) await site.close();
  });
  const planOf = (origin: string, step: Partial<Step> = {}): CanaryPlan => ({
    name: "shop",
    steps: [
      {
        ...{ name: "start-page", method: "GET", url: `${origin}/start?key=hidden` },
        ...{ expectedStatus: 200, slowAfterMilliseconds: 10_000 },
        ...step,
      },
    ],
  });

  it("holds where everything is as it should be", async () => {
    const site = await start(answers(200, "<h1>Welcome</h1>"));
    const { outcome, lines } = await run(planOf(site.origin, { expectedText: "Welcome" }));
    expect(outcome).to.equal("shop: 1 steps hold");
    expect(lines).to.have.length(1);
    expect(lines[0]).to.deep.include({
      ...{ canary: "shop", step: "start-page", status: 200, problems: [] },
      url: `${site.origin}/start`,
    });
    expect(site.asked[0]?.headers["user-agent"]).to.equal("auterity-canary");
  });

  const broken: [string, RequestListener, Partial<Step>, string][] = [
    ["another status", answers(503), {}, "got the status 503, need 200"],
    [
      "another body under the right status",
      answers(200, "<h1>Under construction</h1>"),
      { expectedText: "Welcome" },
      "the body lacks the text that it should hold",
    ],
    [
      "a redirect in place of the page, which is not followed",
      answers(302, "", { location: "/login" }),
      {},
      "got the status 302, need 200",
    ],
    [
      "a redirect to elsewhere",
      answers(301, "", { location: "https://elsewhere.example/" }),
      { expectedStatus: 301, redirectsTo: "https://shop.example/" },
      "does not lead to https://shop.example/",
    ],
    [
      "a redirect that leads nowhere",
      answers(301),
      { expectedStatus: 301, redirectsTo: "https://shop.example/" },
      "does not lead to https://shop.example/",
    ],
    [
      "an answer that never ends",
      (_, response) => {
        response.writeHead(200);
        response.write("Wel");
      },
      { slowAfterMilliseconds: 200 },
      "got no whole answer within 200 ms",
    ],
    [
      "no answer at all",
      () => undefined,
      { slowAfterMilliseconds: 200 },
      "got no whole answer within 200 ms",
    ],
    [
      "a connection that is cut",
      (request) => {
        request.socket.destroy();
      },
      {},
      "got no answer: ECONNRESET",
    ],
    ["no certificate", answers(200), { leastCertificateDays: 7 }, "shows no certificate"],
  ];
  for (const [what, respond, step, problem] of broken)
    it(`fails on ${what}`, async () => {
      const site = await start(respond);
      const { outcome, lines, said } = await run(planOf(site.origin, step));
      expect(outcome).to.equal(`shop failed: start-page: ${problem}`);
      expect(lines[0]?.["problems"]).to.deep.equal([problem]);
      expect(said).to.not.contain("hidden");
    });

  it("takes a redirect that leads where it should, however it is written", async () => {
    const site = await start(answers(301, "", { location: "https://shop.example:443/" }));
    const step = { expectedStatus: 301, redirectsTo: "https://shop.example/" };
    expect((await run(planOf(site.origin, step))).outcome).to.equal("shop: 1 steps hold");
  });

  it("fails where nobody listens", async () => {
    const site = await startSite(answers(200));
    await site.close();
    const { outcome } = await run(planOf(site.origin));
    expect(outcome).to.equal("shop failed: start-page: got no answer: ECONNREFUSED");
  });

  it("tells of every step that fails, and of everything that is wrong in it", async () => {
    const site = await start(answers(500, "oops"));
    const [first] = planOf(site.origin, { expectedText: "Welcome" }).steps;
    const { outcome } = await run({
      name: "shop",
      steps: [
        first!,
        { ...first!, name: "cart", expectedStatus: 500, expectedText: "oops" },
        { ...first!, name: "pay" },
      ],
    });
    const wrong = ["got the status 500, need 200", "the body lacks the text that it should hold"];
    expect(outcome).to.equal(
      `shop failed: ${["start-page", "pay"].flatMap((step) => wrong.map((each) => `${step}: ${each}`)).join("; ")}`,
    );
  });

  it("proves the certificate: one that is good, one that ends soon, one of nobody's", async () => {
    const authority = await createAuthority();
    const trusted = { authority: authority.certificate };
    const step = { leastCertificateDays: 14 };
    const good = await start(answers(200), await authority.issue(90));
    expect((await run(planOf(good.origin, step), trusted)).outcome).to.equal("shop: 1 steps hold");
    const ending = await start(answers(200), await authority.issue(3.5));
    expect((await run(planOf(ending.origin, step), trusted)).outcome).to.equal(
      "shop failed: start-page: its certificate ends in 3 days, need 14",
    );
    const ended = await start(answers(200), await authority.issue(-1));
    expect((await run(planOf(ended.origin, step), trusted)).outcome).to.equal(
      "shop failed: start-page: got no answer: CERT_HAS_EXPIRED",
    );
    const other = await createAuthority();
    const { outcome } = await run(planOf(good.origin, step), { authority: other.certificate });
    expect(outcome).to.match(
      /^shop failed: start-page: got no answer: [A-Z_]*(SIGNATURE|ISSUER|CERT)[A-Z_]*$/,
    );
  });
});
