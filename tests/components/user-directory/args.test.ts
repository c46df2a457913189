import { expect } from "chai";
import { ArgsError } from "../../../components/shared/args-error";
import {
  UserDirectory,
  type UserDirectoryArgs,
  userDirectoryDefaults,
} from "../../../components/user-directory";
import { startOfflineEngine } from "../../support/engine";
import { full, least } from "./fixture";

async function problemsOf(args: UserDirectoryArgs): Promise<readonly string[]> {
  const engine = await startOfflineEngine({ mode: "known" });
  let problems: readonly string[] = [];
  try {
    new UserDirectory("people", args);
  } catch (error) {
    if (!(error instanceof ArgsError)) throw error;
    problems = error.problems;
  }
  await engine.settle();
  if (problems.length > 0) expect(engine.registrations).to.deep.equal([]);
  return problems;
}

describe("UserDirectory: what it refuses", () => {
  it("is everything at once, and registers nothing", async () => {
    expect(
      await problemsOf({
        ...least,
        region: "oregon",
        accountId: "12",
        poolName: "people/all",
        clientName: "",
        passwordLength: 11,
        logRetentionDays: 100,
        sender: { sourceArn: "arn:aws:ses:us-west-2:123456789012:identity/x", from: "nobody" },
        logoutUrls: ["http://app.platform.example/"],
        signInDomain: { prefix: "my-aws-users" },
      }),
    ).to.deep.equal([
      'region: got "oregon", need an AWS region',
      'accountId: got "12", need 12 digits, or unassigned',
      'poolName: got "people/all", need 1 to 128 letters, digits, spaces and +=,.@-_',
      'clientName: got "", need 1 to 128 letters, digits, spaces and +=,.@-_',
      "passwordLength: got 11, need 12 to 99",
      "logRetentionDays: got 100, need one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
      'sender.from: got "nobody", need an address such as "Auterity <no-reply@platform.example>"',
      'logoutUrls: got "http://app.platform.example/", need an https address without a fragment',
      "callbackUrls: got none, need at least one for the pages at signInDomain",
      "logoutUrls: got some and no callbackUrls, need both or neither",
      'signInDomain.prefix: got "my-aws-users", need a DNS label without "aws", "amazon" or "cognito"',
    ]);
  });

  const callback = (url: string) => ({ ...full, callbackUrls: [url] });
  for (const url of [
    "http://app.platform.example/",
    "http://localhost:3000/auth/callback",
    "https://localhost/",
    "https://app.platform.example/#token",
    "https://user@app.platform.example/",
    "app.platform.example",
    "myapp://callback",
  ])
    it(`is tokens sent to ${url}`, async () => {
      expect(await problemsOf(callback(url))).to.deep.equal([
        `callbackUrls: got "${url}", need an https address without a fragment`,
      ]);
    });

  it("is the same address twice", async () => {
    const url = "https://app.platform.example/";
    expect(await problemsOf({ ...full, callbackUrls: [url, url] })).to.deep.equal([
      `callbackUrls: got "${url}" twice, need each once`,
    ]);
  });

  it("is a way back from pages that there are not", async () => {
    const { callbackUrls = [], logoutUrls = [] } = full;
    expect(await problemsOf({ ...least, callbackUrls, logoutUrls })).to.deep.equal([
      "signInDomain: got none, need one for the sign-in that callbackUrls return from",
    ]);
  });

  it("is a domain that is none", async () => {
    const signInDomain = { domain: "sign-in", certificateArn: "arn:aws:acm:us-east-1:1:c/1" };
    expect(await problemsOf({ ...full, signInDomain })).to.deep.equal([
      'signInDomain.domain: got "sign-in", need a DNS name',
    ]);
  });

  it("is an application that nobody returns to, over no TLS, or without pages to sign in on", async () => {
    expect(
      await problemsOf({
        ...least,
        applications: {
          "Grafana!": { callbackUrls: [] },
          tool: {
            callbackUrls: ["http://tool.platform.example/login", "http://localhost:3000/login"],
            logoutUrls: ["http://localhost/out"],
          },
        },
        groups: { "all of us": "Everybody" },
      }),
    ).to.deep.equal([
      'applications: got "Grafana!", need a DNS label',
      "applications.Grafana!.callbackUrls: got none, need at least one",
      'applications.tool.callbackUrls: got "http://tool.platform.example/login", need an https address without a fragment',
      'applications.tool.logoutUrls: got "http://localhost/out", need an https address without a fragment',
      'groups: got "all of us", need letters, digits, _ and -',
      "signInDomain: got none, need one for the sign-in of applications",
    ]);
  });

  for (const passwordLength of [12.5, 100, NaN])
    it(`is a password of ${passwordLength} characters`, async () => {
      expect(await problemsOf({ ...least, passwordLength })).to.deep.equal([
        `passwordLength: got ${passwordLength}, need 12 to 99`,
      ]);
    });

  it("is none of these", async () => {
    expect(await problemsOf(full)).to.deep.equal([]);
    expect(await problemsOf({ ...least, accountId: "unassigned" })).to.deep.equal([]);
    expect(await problemsOf({ ...least, passwordLength: 99 })).to.deep.equal([]);
    const sender = { sourceArn: "arn:aws:ses:us-west-2:1:identity/x", from: "a@platform.example" };
    expect(await problemsOf({ ...least, sender })).to.deep.equal([]);
  });
});

describe("UserDirectory: its defaults", () => {
  it("are those of the documentation", () => {
    expect(userDirectoryDefaults).to.deep.equal({
      clientName: "auterity-web",
      callbackUrls: [],
      logoutUrls: [],
      applications: {},
      groups: {},
      totp: "optional",
      passwordLength: 12,
      logRetentionDays: 365,
      protect: true,
      tags: {},
    });
  });
});
