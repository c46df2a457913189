import { expect } from "chai";
import type { EnvironmentPlan } from "../../tools/plan/environment-plan";
import { drawArchitecture } from "../../tools/report/architecture/picture";
import { readArchitecture } from "../../tools/report/architecture/read";
import { subnetsOfZone } from "../../tools/report/architecture/subnets";
import { html } from "../../tools/report/html";
import { renderReport } from "../../tools/report/page";
import { canary } from "./fixtures/small/stacks/store";
import { planSmall } from "./small-plan";

describe("markup", () => {
  it("escapes values, keeps markup and joins lists", () => {
    const item = html`<b>${"<&\"'>"}</b>`;
    expect(html`<p title="${'"'}">${[item, 1, undefined]}</p>`.markup).to.equal(
      '<p title="&quot;"><b>&lt;&amp;&quot;&#39;&gt;</b>1</p>',
    );
  });
});

describe("the report page", () => {
  let plan: EnvironmentPlan;
  before(async () => {
    plan = await planSmall();
  });

  it("reads the architecture from what the program registers", () => {
    const { region, network, namespaces, stores, outsideHosts } = readArchitecture(plan);
    expect([region, network?.cidrBlock, outsideHosts]).to.deep.equal([
      "us-west-2",
      "10.0.0.0/16",
      1,
    ]);
    expect(
      network?.zones.map(({ name, hasNat, subnets }) => [
        ...[name, hasNat],
        ...subnets.map(({ tier, cidrBlock }) => `${tier} ${cidrBlock}`),
      ]),
    ).to.deep.equal([
      ["us-west-2a", true, "private 10.0.0.0/20", "public 10.0.16.0/24"],
      ["us-west-2b", true, "private 10.0.64.0/20", "public 10.0.80.0/24"],
      ["us-west-2c", true, "private 10.0.128.0/20", "public 10.0.144.0/24"],
    ]);
    expect(namespaces).to.deep.equal([
      {
        name: "shop",
        workloads: [
          {
            name: "orders",
            replicas: 3,
            maxReplicas: 4,
            tier: "critical",
            nodeClass: "general",
            hosts: [],
          },
          {
            name: "web",
            replicas: 3,
            maxReplicas: 4,
            tier: "standard",
            nodeClass: "general",
            hosts: [],
          },
        ],
      },
    ]);
    expect(stores).to.deep.equal([{ name: "postgresql", callers: ["orders"] }]);
  });

  it("says only the size of a subnet where the provider lays it out", () => {
    const subnetSpecs = [
      { type: "Isolated", cidrMask: 24 },
      { type: "Public", name: "edge", cidrBlocks: ["10.1.0.0/28", "10.1.1.0/28"] },
    ];
    expect(subnetsOfZone({ cidrBlock: "10.0.0.0/16", subnetSpecs }, 1)).to.deep.equal([
      { tier: "isolated", exposure: "isolated", cidrBlock: "/24" },
      { tier: "edge", exposure: "public", cidrBlock: "10.1.1.0/28" },
    ]);
  });

  it("draws a picture even where there is no network and no cluster", () => {
    const { markup } = drawArchitecture(
      {
        ...{ region: "us-west-2", network: undefined, cluster: undefined, entrance: undefined },
        ...{ namespaces: [], stores: [], outsideHosts: 0, otherRegions: [] },
      },
      "Nothing",
    );
    expect(markup).to.contain('<title id="architecture-title">Nothing</title>');
    expect(markup).to.contain("Region us-west-2");
  });

  it("names what differs from the other environments", () => {
    const page = renderReport(plan).replace(/\s+/g, " ");
    expect(page).to.contain(
      '<th scope="row">small:replicas</th> <td class="value">3</td><td class="value">1</td>',
    );
    expect(page).to.contain("Resources by type where the number differs (0): none.");
  });

  it("marks who may talk to whom, and nobody else", () => {
    const allowed = renderReport(plan).match(/title="[a-z]+ → [^"]+"/g);
    expect(allowed).to.deep.equal([
      'title="orders → postgresql"',
      'title="orders → pay.example.com:443"',
      'title="web → orders"',
    ]);
  });

  it("is one file: nothing is loaded, and no secret is in it", () => {
    const page = renderReport(plan);
    expect(page.match(/\b(src|href|action)="(?!#|data:)[^"]*"/g)).to.equal(null);
    expect(page).to.not.contain("url(");
    expect(page).to.not.contain(canary);
  });
});
