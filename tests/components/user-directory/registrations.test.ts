import { expect } from "chai";
import { startOfflineEngine, valueOf } from "../../support/engine";
import { full, least, registered } from "./fixture";

const component = "platform:identity:UserDirectory";
const always = [
  [component, "people", false],
  ["aws:cognito/userPool:UserPool", "people", true],
  ["aws:cognito/userPoolClient:UserPoolClient", "people-web", true],
  ["aws:cognito/riskConfiguration:RiskConfiguration", "people-risk", false],
  ["aws:kms/key:Key", "people-events", true],
  ["aws:cloudwatch/logGroup:LogGroup", "people-events", true],
  ["aws:cognito/logDeliveryConfiguration:LogDeliveryConfiguration", "people-events", false],
];

describe("UserDirectory: what it registers", () => {
  for (const mode of ["known", "unknown"] as const) {
    it(`is pool, client, risks and a log of sign-ins at the least (${mode} values)`, async () => {
      const { registrations } = await registered(least, mode);
      expect(
        registrations.map(({ type, name, protect }) => [type, name, protect]),
      ).to.have.deep.members(always);
    });

    it(`is sign-in pages and a firewall as well where they are asked for (${mode} values)`, async () => {
      const { registrations } = await registered(full, mode);
      expect(
        registrations.map(({ type, name, protect }) => [type, name, protect]),
      ).to.have.deep.members([
        ...always,
        ["aws:cognito/userPoolDomain:UserPoolDomain", "people-sign-in", false],
        ["aws:wafv2/webAclAssociation:WebAclAssociation", "people-firewall", false],
      ]);
    });
  }

  it("is a client without a secret for each application, and groups, with sign-in pages alone", async () => {
    const { directory, registrations } = await registered({
      ...least,
      signInDomain: { prefix: "auterity-dev" },
      applications: { grafana: { callbackUrls: ["http://localhost:3000/login/generic_oauth"] } },
      groups: { viewers: "See dashboards" },
    });
    const added = registrations.slice(1).filter(({ name }) => /grafana|viewers|sign-in/.test(name));
    expect(added.map(({ type, name }) => [type, name])).to.have.deep.members([
      ["aws:cognito/userPoolClient:UserPoolClient", "people-grafana"],
      ["aws:cognito/userGroup:UserGroup", "people-viewers"],
      ["aws:cognito/userPoolDomain:UserPoolDomain", "people-sign-in"],
    ]);
    expect(added.find(({ name }) => name === "people-grafana")?.inputs).to.deep.include({
      generateSecret: false,
      allowedOauthFlows: ["code"],
      callbackUrls: ["http://localhost:3000/login/generic_oauth"],
      explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
    });
    expect(Object.keys(directory.applicationClientIds)).to.deep.equal(["grafana"]);
  });

  it("hangs under the component, and is not protected where that is asked", async () => {
    const { registrations } = await registered({ ...full, protect: false });
    const [self, ...children] = registrations;
    expect(self?.type).to.equal(component);
    expect(new Set(children.map(({ parent }) => parent))).to.deep.equal(new Set([self?.urn]));
    expect(registrations.filter(({ protect }) => protect)).to.deep.equal([]);
  });
});

describe("UserDirectory: what it tells", () => {
  it("is ids, the issuer of the tokens, the pages and the log", async () => {
    const { directory } = await registered(full);
    expect(await valueOf(directory.userPoolId)).to.equal("people-id");
    expect(await valueOf(directory.clientId)).to.equal("people-web-id");
    expect(await valueOf(directory.issuer)).to.equal(
      "https://cognito-idp.us-west-2.amazonaws.com/people-id",
    );
    expect(directory.signInHost).to.equal("auterity-dev.auth.us-west-2.amazoncognito.com");
    expect(await valueOf(directory.eventLogGroupName)).to.equal("/aws/vendedlogs/cognito/people");
  });

  it("is no pages where there are none", async () => {
    expect((await registered(least)).directory.signInHost).to.equal(undefined);
  });
});

describe("the example of UserDirectory", () => {
  it("runs by itself, all with the provider of its account", async () => {
    const engine = await startOfflineEngine({ config: { "auterity:accountId": "123456789012" } });
    await import("../../../examples/user-directory/index.js");
    await engine.settle();
    const own = engine.registrations.filter(({ type }) => type.startsWith("aws:"));
    expect(own).to.have.length(7);
    const providers = own.map(({ provider }) => provider.split("::")[3]);
    expect(new Set(providers)).to.deep.equal(new Set(["account"]));
  });
});
