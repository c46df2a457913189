import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { notFilledValue } from "../../../components/shared/secret-names";
import type { FakeSecretsManager } from "./fake-secrets-manager";

/** Values that nobody may see: each test greps for them in everything that was printed or written. */
export const canary = {
  postgres: "canaryPostgresPw7Qz",
  rabbit: "canaryRabbitPw8Wx",
  signing: "canarySigningKey-4f9A2kLm0PzX7cVb",
  relaySigning: "canaryRelaySigning-9sDf3gHj",
  openAi: "sk-proj-canaryOpenAi1234567890abcdefXYZ",
  anthropic: "sk-ant-canaryAnthropic1234567890",
  pinecone: "canary-pinecone-2b7e1516",
  twilioSid: "AC0123456789abcdef0123456789abcdef",
  twilioToken: "canaryTwilio0123456789abcdef",
  slackHook: "https://hooks.slack.com/services/T0CANARY0/B0CANARY0/canarySlackHook0123456789",
  minio: "canaryMinioSecret55",
  vault: "hvs.canaryVaultToken1234567890",
  puppeteer: "canaryPuppeteerToken77",
  redis: "canaryRedisPw66",
  comment: "canaryOldPassword99",
} as const;

/** Modelled on the platform's set: every way in which its credentials are written down. */
export const composeText = `# The set for development. ADMIN_PASSWORD=${canary.comment}
x-common: &common
  POSTGRES_PASSWORD: ${canary.postgres} # the same for all
  DATABASE_URL: "postgresql://auterity:${canary.postgres}@postgres:5432/auterity"
  LOG_LEVEL: INFO

services:
  automatrix-api:
    image: auterity/automatrix-api:latest
    environment:
      <<: *common
      SECRET_KEY: '${canary.signing}'
      OPENAI_API_KEY: \${OPENAI_API_KEY}
      PUPPETEER_TOKEN: \${PUPPETEER_TOKEN:-${canary.puppeteer}}
      CELERY_BROKER_URL: amqp://auterity:\${RABBITMQ_PASSWORD}@rabbitmq:5672//
      RABBITMQ_PASSWORD: \${RABBITMQ_PASSWORD}
      VAULT_TOKEN: ${canary.vault}
      MINIO_SECRET_KEY: \${MINIO_SECRET_KEY:-${canary.minio}}
      ANTHROPIC_API_KEY: your_anthropic_key_here
      TWILIO_ACCOUNT_SID: ${canary.twilioSid}
      SLACK_WEBHOOK_URL: ${canary.slackHook}
      CORS_ORIGINS: http://localhost:3000,http://localhost:8080
    env_file:
      - path: ./api.env
        required: true
      - path: ./absent.env
        required: false

  relaycore:
    environment:
      - SECRET_KEY=${canary.relaySigning}
      - "ANTHROPIC_API_KEY=${canary.anthropic}"
      - REDIS_URL=redis://:${canary.redis}@redis:6379/0
      - LOG_LEVEL=info

  celery_worker:
    env_file: worker.env

  redis:
    image: redis:7
    command: ["redis-server", "--requirepass", "${canary.redis}"]
    healthcheck:
      test: redis-cli -a ${canary.redis} ping
`;

export const files: Readonly<Record<string, string>> = {
  "docker-compose.yml": composeText,
  ".env": `OPENAI_API_KEY=${canary.openAi}\nexport RABBITMQ_PASSWORD='${canary.rabbit}'\nAPP_PORT=8000\n`,
  "api.env": `PINECONE_API_KEY="${canary.pinecone}"\nTWILIO_AUTH_TOKEN=${canary.twilioToken}\nPINECONE_ENVIRONMENT=us-west1-gcp\n`,
  "worker.env": `POSTGRES_PASSWORD=${canary.postgres}\n`,
};

export function writeFiles(folder: string, texts: Readonly<Record<string, string>> = files): void {
  for (const [name, text] of Object.entries(texts)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

/** The secrets of dev that the fixture fills. */
export const filled: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "auterity/dev/automatrix-api/anthropic": {},
  "auterity/dev/automatrix-api/browser": { PUPPETEER_TOKEN: canary.puppeteer },
  "auterity/dev/automatrix-api/openai": { OPENAI_API_KEY: canary.openAi },
  "auterity/dev/automatrix-api/pinecone": { PINECONE_API_KEY: canary.pinecone },
  "auterity/dev/automatrix-api/signing-key": { SECRET_KEY: canary.signing },
  "auterity/dev/automatrix-api/slack": { SLACK_WEBHOOK_URL: canary.slackHook },
  "auterity/dev/automatrix-api/twilio": {
    TWILIO_ACCOUNT_SID: canary.twilioSid,
    TWILIO_AUTH_TOKEN: canary.twilioToken,
  },
  "auterity/dev/relaycore/anthropic": { ANTHROPIC_API_KEY: canary.anthropic },
  "auterity/dev/relaycore/signing-key": { SECRET_KEY: canary.relaySigning },
};

export function createEmptySecrets(aws: FakeSecretsManager): void {
  for (const name of Object.keys(filled)) aws.create(name, notFilledValue);
}
