import { expect } from "chai";
import { find } from "./find-credentials";

describe("credentials of a Compose file outside of environments", () => {
  it("finds credentials on command lines, in build arguments, labels, contents and comments", async () => {
    const { rows, cleaned } = await find({
      "c.yaml": `services:
  web:
    build: {args: {NPM_TOKEN: npm-abc1}}
    command:
      - serve
      - --api-key
      - hunter22
    labels:
      auth: "admin:$$2y$$05$$abcdefghijklmnop"
  broker:
    entrypoint: start amqp://u:hunter33@h # once PASSWORD=hunter44
configs:
  app:
    content: |
      # kept
      password = hunter55
      level = info
secrets:
  openai_api_key:
    content: hunter66
`,
    });
    expect(rows.map((row) => row.replace(/ →.*/, ""))).to.deep.equal([
      "c.yaml:20:14 - OPENAI_API_KEY (a secret of the Compose file)",
      "c.yaml:3:31 web NPM_TOKEN (named as a credential)",
      "c.yaml:7:9 web WEB_API_KEY (option of a command)",
      "c.yaml:9:13 web WEB_PASSWORD_HASH (password hash)",
      "c.yaml:11:17 broker BROKER_URL_PASSWORD (inside a URL)",
      "c.yaml:14:14 - PASSWORD (named as a credential)",
      "c.yaml:11:59 - PASSWORD (named as a credential)",
    ]);
    expect(/hunter|npm-abc1/.test(cleaned ?? "hunter")).to.equal(false);
    expect(cleaned).to.contain("# once PASSWORD=[removed]");
    expect(cleaned).to.contain(
      "      # kept\n      password = ${PASSWORD:?set by the secret store}\n      level = info\n",
    );
  });

  it("gives a secret of the file to the services that mount it", async () => {
    const { rows } = await find({
      "c.yaml": `services:
  automatrix-api: {secrets: [openai_api_key]}
  relaycore: {secrets: [{source: openai_api_key}]}
secrets:
  openai_api_key: {file: key.txt}
`,
      "key.txt": "sk-file-key\n",
    });
    expect(rows).to.deep.equal([
      "key.txt:1:1 automatrix-api OPENAI_API_KEY (a secret of the Compose file) → auterity/dev/automatrix-api/openai",
      "key.txt:1:1 relaycore OPENAI_API_KEY (a secret of the Compose file) → auterity/dev/relaycore/openai",
    ]);
  });
});
