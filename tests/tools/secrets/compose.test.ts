import { expect } from "chai";
import { join } from "node:path";
import { parse } from "yaml";
import { loadWorkspace } from "../../../tools/secrets/workspace";
import { withFolder } from "../run-cli";
import { canary, composeText, writeFiles, files } from "./compose-fixture";
import { find } from "./find-credentials";

const api = (environment: string): string =>
  `services:\n  automatrix-api:\n    environment:\n${environment.replace(/^/gm, "      ")}\n`;

describe("credentials of a Compose file", () => {
  it("finds a variable of a map and of a list, and what stands behind an alias", async () => {
    const { rows } = await find({
      "c.yaml": `x-e: &e {SECRET_KEY: k1}
services:
  automatrix-api: {environment: *e}
  relaycore:
    environment: [SECRET_KEY=k2, LOG_LEVEL=info]
`,
    });
    expect(rows).to.deep.equal([
      "c.yaml:1:22 automatrix-api SECRET_KEY (named as a credential) → auterity/dev/automatrix-api/signing-key",
      "c.yaml:5:19 relaycore SECRET_KEY (named as a credential) → auterity/dev/relaycore/signing-key",
    ]);
  });

  it("takes the value that counts: of the own map before the merged, of the first merged before the second", async () => {
    const { plan } = await find({
      "c.yaml": `x-a: &a {SECRET_KEY: from-a, OPENAI_API_KEY: from-a}
x-b: &b {SECRET_KEY: from-b, OPENAI_API_KEY: from-b, PINECONE_API_KEY: from-b}
services:
  automatrix-api:
    environment:
      <<: [*a, *b]
      SECRET_KEY: own
`,
    });
    const values = plan.secrets.flatMap(({ values: each }) =>
      [...each].map(([variable, { value }]) => [variable, value.reveal()]),
    );
    expect(Object.fromEntries(values)).to.deep.equal({
      SECRET_KEY: "own",
      OPENAI_API_KEY: "from-a",
      PINECONE_API_KEY: "from-b",
    });
  });

  it("follows extends, and asks for the file of a service that stands elsewhere", async () => {
    const { rows, plan } = await find({
      "c.yaml": `services:
  base: {environment: {SECRET_KEY: base-key}}
  relaycore: {extends: {service: base}}
`,
    });
    expect(rows[1]).to.contain(
      "relaycore SECRET_KEY (named as a credential) → auterity/dev/relaycore/",
    );
    expect(plan.secrets.map(({ path }) => path)).to.deep.equal([
      "auterity/dev/relaycore/signing-key",
    ]);
    await withFolder((folder) => {
      writeFiles(folder, { "c.yaml": "services: {a: {extends: {file: o.yaml, service: b}}}" });
      expect(loadWorkspace([join(folder, "c.yaml")]).notices[0]).to.match(
        /a extends a service of o\.yaml/,
      );
    });
  });

  it("reads env_file as a text, a list and objects; the environment counts before it", async () => {
    const { rows } = await find({
      "c.yaml": `services:
  automatrix-api:
    env_file: [a.env, {path: b.env}, {path: none.env, required: false}]
    environment: {OPENAI_API_KEY: own-key}
  relaycore: {env_file: r.env}
`,
      "a.env": "OPENAI_API_KEY=file-key\nPINECONE_API_KEY=pine1\n",
      "b.env": "PINECONE_API_KEY=pine2\n",
      "r.env": "SECRET_KEY=rk\n",
    });
    expect(rows).to.deep.equal([
      "a.env:1:1 automatrix-api OPENAI_API_KEY (named as a credential) → another assignment of the service counts",
      "a.env:2:1 automatrix-api PINECONE_API_KEY (named as a credential) → another assignment of the service counts",
      "b.env:1:1 automatrix-api PINECONE_API_KEY (named as a credential) → auterity/dev/automatrix-api/pinecone",
      "c.yaml:4:35 automatrix-api OPENAI_API_KEY (named as a credential) → auterity/dev/automatrix-api/openai",
      "r.env:1:1 relaycore SECRET_KEY (named as a credential) → auterity/dev/relaycore/signing-key",
    ]);
  });

  const defaults = [
    ["${PUPPETEER_TOKEN:-tok1}", "tok1"],
    ["${PUPPETEER_TOKEN-tok1}", "tok1"],
    ["${OTHER:-${PUPPETEER_TOKEN:-tok1}}", "tok1"],
    ["a$$b", "a$b"],
    ["007", "007"],
  ] as const;
  for (const [written, value] of defaults)
    it(`reads ${written} as what the container gets`, async () => {
      const { plan, cleaned } = await find({ "c.yaml": api(`PUPPETEER_TOKEN: ${written}`) });
      expect(plan.secrets[0]?.values.get("PUPPETEER_TOKEN")?.value.reveal()).to.equal(value);
      expect(cleaned).to.equal(
        api('PUPPETEER_TOKEN: "${PUPPETEER_TOKEN:?set by the secret store}"'),
      );
    });

  it("leaves a reference as it is, and says where nothing gives it a value", async () => {
    const { rows, cleaned } = await find({ "c.yaml": api("SECRET_KEY: ${SECRET_KEY:?needed}") });
    expect(cleaned).to.equal(undefined);
    expect(rows).to.deep.equal([
      "c.yaml:4:19 automatrix-api SECRET_KEY (named as a credential) → refused: nothing gives it a value; fill it with replace",
    ]);
  });

  it("keeps comments, order and formatting of what it cleans", async () => {
    const { cleaned = "" } = await find(files, { celery_worker: ["automatrix-worker"] });
    const kept = composeText
      .split("\n")
      .filter((line) => !Object.values(canary).some((value) => line.includes(value)));
    const lines = cleaned.split("\n");
    expect(lines.length).to.equal(composeText.split("\n").length);
    expect(kept.filter((line) => !lines.includes(line))).to.deep.equal([
      "      ANTHROPIC_API_KEY: your_anthropic_key_here",
    ]);
    expect(cleaned).to.contain(
      '    POSTGRES_PASSWORD: "${POSTGRES_PASSWORD:?set by the secret store}" # the same for all\n'.slice(
        2,
      ),
    );
    // What two services know by one name and different values stays two values.
    expect(cleaned).to.contain(
      'SECRET_KEY: "${AUTOMATRIX_API_SECRET_KEY:?set by the secret store}"',
    );
    expect(cleaned).to.contain('- "SECRET_KEY=${RELAYCORE_SECRET_KEY:?set by the secret store}"');
    expect(
      Object.keys((parse(cleaned, { merge: true }) as { services: object }).services),
    ).to.deep.equal(
      Object.keys((parse(composeText, { merge: true }) as { services: object }).services),
    );
  });

  it("matches services by the names that teams use, and by --map", async () => {
    const names = [
      "automatrix-backend",
      "automatrix_api",
      "auterity-automatrix-api-1",
      "automatrix-api",
    ];
    for (const name of names) {
      const { plan } = await find({
        "c.yaml": `services: {${name}: {environment: {SECRET_KEY: k1}}}`,
      });
      expect(plan.secrets[0]?.path, name).to.equal("auterity/dev/automatrix-api/signing-key");
    }
    const { rows } = await find({
      "c.yaml": "services: {backend: {environment: {SECRET_KEY: k1}}}",
    });
    expect(rows[0]).to.contain("no record is called backend: name it with --map backend=RECORD");
    const { plan } = await find(
      { "c.yaml": "services: {backend: {environment: {SECRET_KEY: k1}}}" },
      { backend: ["relaycore"] },
    );
    expect(plan.secrets[0]?.path).to.equal("auterity/dev/relaycore/signing-key");
  });

  it("takes an env file alone: by its one declaring service, else by --map", async () => {
    const text = {
      "given.env": "PINECONE_API_KEY=pine1\nOPENAI_API_KEY=sk-one\nVAULT_TOKEN=v1\nFOO_TOKEN=f1\n",
    };
    const { rows } = await find(text);
    expect(rows.map((row) => row.replace(/.*→ /, ""))).to.deep.equal([
      "auterity/dev/automatrix-api/pinecone",
      rows[1]?.replace(/.*→ /, ""),
      "disappears with Vault, which Secrets Manager replaces",
      "nobody declares it",
    ]);
    expect(rows[1]).to.match(
      /automatrix-api, relaycore declare it: say whose it is with --map .*given\.env=RECORD,RECORD$/,
    );
  });

  it("refuses two that claim one secret with different values, by place", async () => {
    const texts = {
      "a.yaml": "services: {relaycore: {environment: {SECRET_KEY: canary-one}}}",
      "b.yaml": "services: {relaycore-1: {environment: {SECRET_KEY: canary-two}}}",
    };
    const failure = await find(texts).then(String, (error: unknown) => (error as Error).message);
    expect(failure.replaceAll(/\/\S*\/(?=[ab]\.yaml)/g, "")).to.equal(
      "two claim one secret; nothing was written:\n" +
        "  - auterity/dev/relaycore/signing-key SECRET_KEY: claimed with different values at a.yaml:1:50 and b.yaml:1:52",
    );
  });

  it("accepts a set without credentials", async () => {
    const { rows, cleaned } = await find({
      "c.yaml": "services: {web: {image: nginx, environment: {LOG_LEVEL: info}}}",
    });
    expect([rows, cleaned]).to.deep.equal([[], undefined]);
  });
});
