import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Where the values that one run of the drill migrates have to arrive: by path below the environment, by variable. */
type ExpectedValues = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface WrittenSet {
  readonly composeFile: string;
  readonly envFile: string;
  readonly expected: ExpectedValues;
  /** The bare values, none of which may be seen anywhere else. */
  readonly values: readonly string[];
}

const text = (bytes: number): string => randomBytes(bytes).toString("base64url");
const hex = (bytes: number): string => randomBytes(bytes).toString("hex");
const letters = (count: number): string => hex(count).slice(0, count).toUpperCase();

/** Shaped as those that companies issue, and of no use to anybody. */
const makers: Readonly<Record<string, () => string>> = {
  POSTGRES: () => text(18),
  RELAYCORE_POSTGRES: () => text(18),
  NEUROWEAVER_POSTGRES: () => text(18),
  RABBITMQ: () => text(18),
  AUTOMATRIX_SIGNING: () => text(48),
  RELAYCORE_SIGNING: () => text(48),
  NEUROWEAVER_SIGNING: () => text(48),
  OPENAI: () => `sk-proj-${text(36)}`,
  ANTHROPIC: () => `sk-ant-api03-${text(36)}`,
  PINECONE: () => `pcsk_${text(24)}`,
  TWILIO_SID: () => `AC${hex(16)}`,
  TWILIO_TOKEN: () => hex(16),
  WHATSAPP: () => `EAA${text(30)}`,
  SLACK_BOT: () => `xoxb-${text(24)}`,
  SLACK_WEBHOOK: () => `https://hooks.slack.com/services/T${letters(8)}/B${letters(8)}/${text(18)}`,
  PUPPETEER: () => text(18),
};

/** What each secret is to hold in the end; written down once more, not told by the migration. */
const destinations: ExpectedValues = {
  "automatrix-api/signing-key": { SECRET_KEY: "@AUTOMATRIX_SIGNING@" },
  "automatrix-api/openai": { OPENAI_API_KEY: "@OPENAI@" },
  "automatrix-api/anthropic": {
    ANTHROPIC_API_KEY: "@ANTHROPIC@",
    CLAUDE_API_KEY: "@ANTHROPIC@",
  },
  "automatrix-api/pinecone": { PINECONE_API_KEY: "@PINECONE@" },
  "automatrix-api/twilio": {
    TWILIO_ACCOUNT_SID: "@TWILIO_SID@",
    TWILIO_AUTH_TOKEN: "@TWILIO_TOKEN@",
  },
  "automatrix-api/whatsapp": { WHATSAPP_ACCESS_TOKEN: "@WHATSAPP@" },
  "automatrix-api/slack": {
    SLACK_BOT_TOKEN: "@SLACK_BOT@",
    SLACK_WEBHOOK_URL: "@SLACK_WEBHOOK@",
  },
  "automatrix-api/browser": { PUPPETEER_TOKEN: "@PUPPETEER@" },
  "relaycore/signing-key": { SECRET_KEY: "@RELAYCORE_SIGNING@" },
  "relaycore/openai": { OPENAI_API_KEY: "@OPENAI@" },
  "relaycore/anthropic": { ANTHROPIC_API_KEY: "@ANTHROPIC@" },
  "neuroweaver-api/signing-key": { SECRET_KEY: "@NEUROWEAVER_SIGNING@" },
};

/** The set for development with values that are made now and live in the folder of the drill alone. */
export function writeSet(sourceFolder: string, folder: string): WrittenSet {
  const made = new Map(Object.entries(makers).map(([name, make]) => [name, make()]));
  const fill = (template: string): string =>
    template.replace(/@([A-Z_]+)@/g, (_, name: string) => {
      const value = made.get(name);
      if (value === undefined) throw new Error(`no value is made for @${name}@`);
      return value;
    });
  mkdirSync(folder);
  for (const file of ["compose.yaml", "stack.env", "api.env"])
    writeFileSync(join(folder, file), fill(readFileSync(join(sourceFolder, file), "utf8")), {
      mode: 0o600,
    });
  const expected = Object.entries(destinations).map(([path, variables]) => [
    path,
    Object.fromEntries(
      Object.entries(variables).map(([variable, template]) => [variable, fill(template)]),
    ),
  ]);
  return {
    composeFile: join(folder, "compose.yaml"),
    envFile: join(folder, "stack.env"),
    expected: Object.fromEntries(expected) as ExpectedValues,
    values: [...made.values()],
  };
}

/** Values are compared by it, so that none is ever part of a message. */
export function fingerprint(value: string): string {
  return createHash("sha256").update(value).digest("hex");
}
