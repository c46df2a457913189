import type { RequestListener } from "node:http";
import { expect } from "chai";
import { runCanary } from "../../../functions/canary";
import type { CanaryPlan } from "../../../functions/canary/plan";
import { answers, type Run, run } from "./run";
import { type Site, startSite } from "./site";

const password = "correct horse battery staple";
const token = "token-that-nobody-may-see";

describe("canary: a step that is signed in", () => {
  let pool: Site;
  let site: Site;
  const user = JSON.stringify({ username: "canary", password });
  const cognito: RequestListener = (_, response) => {
    response.writeHead(200);
    response.end(JSON.stringify({ AuthenticationResult: { AccessToken: token } }));
  };
  const open = async (respond: RequestListener) => {
    pool = await startSite(respond);
    site = await startSite((request, response) => {
      response.statusCode = request.headers.authorization === `Bearer ${token}` ? 200 : 401;
      response.end(request.headers.authorization);
    });
  };
  afterEach(async () => {
    await pool.close();
    await site.close();
  });
  const plan = (): CanaryPlan => ({
    name: "shop",
    signIn: { endpoint: pool.origin, clientId: "client", secretId: "canary-user" },
    steps: [
      {
        ...{ name: "orders", method: "POST", url: `${site.origin}/orders`, body: "{}" },
        ...{ expectedStatus: 200, slowAfterMilliseconds: 5000, signedIn: true },
      },
      {
        ...{ name: "closed", method: "GET", url: `${site.origin}/orders` },
        ...{ expectedStatus: 401, slowAfterMilliseconds: 5000 },
      },
    ],
  });
  const nothingSlipped = ({ said }: Run): void => {
    for (const credential of [password, token, "canary-user-name"])
      expect(said).to.not.contain(credential);
  };

  it("gets a token of the pool, and no other step does", async () => {
    await open(cognito);
    const done = await run(plan(), { secret: user });
    expect(done.outcome).to.equal("shop: 2 steps hold");
    expect(pool.asked[0]?.headers["x-amz-target"]).to.equal(
      "AWSCognitoIdentityProviderService.InitiateAuth",
    );
    expect(JSON.parse(pool.asked[0]?.body ?? "")).to.deep.equal({
      AuthFlow: "USER_PASSWORD_AUTH",
      ClientId: "client",
      AuthParameters: { USERNAME: "canary", PASSWORD: password },
    });
    expect(site.asked[1]?.headers.authorization).to.equal(undefined);
    nothingSlipped(done);
  });

  const refusals: [string, RequestListener, string | undefined, string][] = [
    [
      "the pool refuses",
      answers(400, JSON.stringify({ __type: "NotAuthorizedException", message: password })),
      user,
      "the user pool lets the canary not in: it answers 400",
    ],
    [
      "the pool asks for more, such as a second factor",
      answers(200, JSON.stringify({ ChallengeName: "SOFTWARE_TOKEN_MFA", Session: token })),
      user,
      "the user pool lets the canary not in: it answers 200",
    ],
    [
      "the pool answers no JSON",
      answers(200, `<html>${token}`),
      user,
      "the user pool lets the canary not in: it answers 200",
    ],
    [
      "nobody has filled the secret",
      cognito,
      JSON.stringify({ AUTERITY_NOT_FILLED: "true" }),
      "the secret of the canary's user lacks username or password",
    ],
    [
      "the secret is no JSON",
      cognito,
      password,
      "the secret of the canary's user lacks username or password",
    ],
    [
      "the secret is empty",
      cognito,
      undefined,
      "the secret of the canary's user lacks username or password",
    ],
  ];
  for (const [what, respond, secret, problem] of refusals)
    it(`fails where ${what}, and says no more`, async () => {
      await open(respond);
      const done = await run(plan(), { secret });
      expect(done.outcome).to.equal(`shop failed: sign-in: ${problem}`);
      expect(done.lines).to.deep.equal([{ canary: "shop", step: "sign-in", problems: [problem] }]);
      nothingSlipped(done);
    });

  it("fails where the secret cannot be read, by the name of the failure alone", async () => {
    await open(cognito);
    const refused = Object.assign(new Error(`no access to ${password}`), {
      name: "AccessDeniedException",
    });
    const failure = await runCanary(plan(), {
      write: () => undefined,
      readSecret: () => Promise.reject(refused),
    }).catch((error: unknown) => (error as Error).message);
    expect(failure).to.equal(
      "shop failed: sign-in: the canary's user cannot be read: AccessDeniedException",
    );
  });
});
