import { expect } from "chai";
import fc from "fast-check";
import { createHash } from "node:crypto";
import { credentialsInLine } from "../../../tools/secrets/command-line";
import { createDetector, isCredentialName } from "../../../tools/secrets/detector";
import { urlCredentials } from "../../../tools/secrets/url-credentials";
import { isPlaceholder } from "../../../tools/secrets/placeholder";
import { services } from "../../../stacks/services";
import { knownVariables } from "../../../tools/secrets/destination";

const plain = createDetector(new Set());
const detector = createDetector(knownVariables(services));
const kindOf = (name: string, text: string): string | undefined =>
  detector.detectVariable(name, text)?.kind;

/** Bytes as good as random, the same for the same seed. */
function bytes(seed: number, count: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(count / 32) }, (_, block) =>
    createHash("sha256").update(`${seed}.${block}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, count);
}
function drawn(seed: number, alphabet: string, length: number): string {
  return [...bytes(seed, length * 2)]
    .map((byte) => alphabet[byte % alphabet.length] ?? "")
    .slice(0, length)
    .join("");
}
const alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const seed = fc.nat();
/** Fixed, because chance alone draws a word once in a million times. */
const runs = { numRuns: 500, seed: 20260701 } as const;

describe("detector of credentials", () => {
  const generators: Readonly<Record<string, (seed: number) => string>> = {
    "base64 of 24 bytes": (from) => bytes(from, 24).toString("base64"),
    "base64url of 32 bytes": (from) => bytes(from, 32).toString("base64url"),
    "hexadecimal of 16 bytes": (from) => bytes(from, 16).toString("hex"),
    "hexadecimal of 32 bytes": (from) => bytes(from, 32).toString("hex"),
    "32 letters and digits": (from) => drawn(from, alphanumeric, 32),
    "an OpenAI key": (from) => `sk-proj-${drawn(from, alphanumeric, 48)}`,
    "an Anthropic key": (from) => `sk-ant-api03-${drawn(from, alphanumeric, 48)}`,
    "an AWS access key": (from) => `AKIA${drawn(from, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)}`,
    "a Twilio account": (from) => `AC${bytes(from, 16).toString("hex")}`,
    "a Slack token": (from) =>
      `xoxb-${drawn(from, "0123456789", 12)}-${drawn(from, alphanumeric, 24)}`,
    "a Meta access token": (from) => `EAA${drawn(from, alphanumeric, 60)}`,
    "a URL with a password": (from) =>
      `amqp://user:${drawn(from, alphanumeric, 8)}@rabbitmq:5672//`,
  };
  for (const [what, generate] of Object.entries(generators))
    it(`misses no ${what}, whatever the variable is called`, () => {
      fc.assert(
        fc.property(seed, (from) => {
          expect(plain.detectVariable("SOME_SETTING", generate(from))).to.not.equal(undefined);
        }),
        runs,
      );
    });

  it("misses no text under a name that says password", () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 1, max: 30 }), (from, length) => {
        const value = drawn(from, `${alphanumeric}!@#%^&*`, length);
        fc.pre(!["on", "no"].includes(value.toLowerCase()));
        expect(plain.detectVariable("SMTP_PASSWORD", value)).to.not.equal(undefined);
      }),
      runs,
    );
  });

  const harmless: readonly (readonly [string, string])[] = [
    ["KAFKA_BOOTSTRAP_SERVERS", "kafka-1:9092,kafka-2:9092,kafka-3.internal.example.net:9092"],
    ["MLFLOW_TRACKING_URI", "http://mlflow:5000"],
    ["CORS_ORIGINS", "http://localhost:3000,https://app.auterity.example"],
    ["LOG_LEVEL", "INFO"],
    ["RELAYCORE_URL", "http://relaycore.relaycore.svc.cluster.local:3001"],
    ["NEUROWEAVER_BACKEND_URL", "http://neuroweaver-api.neuroweaver.svc.cluster.local:8001"],
    ["OTEL_EXPORTER_OTLP_ENDPOINT", "http://otel-collector.observability:4317"],
    ["WHATSAPP_PHONE_NUMBER_ID", "109876543210987"],
    ["PINECONE_ENVIRONMENT", "us-west1-gcp-free"],
    ["ACCESS_TOKEN_EXPIRE_MINUTES", "480"],
    ["MAX_TOKENS", "4096"],
    ["PASSWORD_MIN_LENGTH", "12"],
    ["POSTGRES_PASSWORD_FILE", "/run/secrets/postgres_password"],
    ["TOKEN_URL", "https://login.example.net/oauth2/token"],
    ["JWT_ALGORITHM", "HS256"],
    ["REQUIRE_AUTH_TOKEN", "true"],
    ["PUBLIC_KEY_ID", "b3f1c2d4e5f60718293a4b5c6d7e8f90"],
    ["GIT_COMMIT", "0f8fad5bd9cb469fa165708673f1d8c1a2b3c4d5"],
    ["REQUEST_ID", "0f8fad5b-d9cb-469f-a165-70867728950e"],
    [
      "IMAGE",
      "auterity/api@sha256:0f8fad5bd9cb469fa165708673f1d8c1a2b3c4d50f8fad5bd9cb469fa165708673f1",
    ],
    ["BUCKET", "auterity-neuroweaver-models-prod-us-west-2"],
    ["CLASS_NAME", "AuterityNeuroweaverTrainingJobsActiveMetric"],
    ["MODEL_PATH", "/opt/ml/model/checkpoints/latest/model.safetensors"],
    ["CELERY_RESULT_SERIALIZER", "application/x-python-serialize"],
    ["BUILD_DATE", "2026-07-01T12:00:00.000Z"],
    ["OPENAI_MODEL", "gpt-4o-mini-2024-07-18"],
    ["JAVA_OPTS", "-Xmx512m -XX:+UseG1GC"],
  ];
  for (const [name, value] of harmless)
    it(`leaves ${name} alone`, () => {
      expect(kindOf(name, value)).to.equal(undefined);
    });

  it("leaves every setting of the catalogue alone", () => {
    const settings = services.flatMap((record) => Object.entries(record.settings));
    expect(settings.filter(([name, value]) => kindOf(name, value) !== undefined)).to.deep.equal([]);
    expect(settings.length).to.be.greaterThan(5);
  });

  it("knows every variable that the catalogue takes from a secret", () => {
    const variables = services.flatMap((record) =>
      record.secrets.flatMap((secret) => secret.variables),
    );
    expect(variables.filter((name) => kindOf(name, "x1") === undefined)).to.deep.equal([]);
  });

  const kinds: readonly (readonly [string, string, string | undefined])[] = [
    ["DATABASE_URL", "postgresql://u:pw@h/d", "inside a URL"],
    ["REDIS_URL", "redis://:pw@redis:6379", "inside a URL"],
    ["DSN", "host=h user=u password=pw1", "inside a URL"],
    ["DATABASE_URL", "postgresql://h/d", "declared by the catalogue"],
    ["MINIO_ROOT_USER", "admin", "declared by the catalogue"],
    ["GRAFANA_ADMIN_PASSWORD", "admin", "named as a credential"],
    ["dbPassword", "x1", "named as a credential"],
    ["RABBITMQ_ERLANG_COOKIE", "x1", "named as a credential"],
    ["WHATEVER", "-----BEGIN RSA PRIVATE KEY-----\nx", "private key"],
    ["PUBLIC_KEY", "x1", undefined],
    ["KEYBOARD", "x1", undefined],
    ["TOKENIZER", "x1", undefined],
  ];
  for (const [name, value, kind] of kinds)
    it(`calls ${name} ${kind ?? "nothing"}`, () => {
      expect(kindOf(name, value)).to.equal(kind);
    });

  it("does not take a word for the name of a credential because it holds one", () => {
    expect(["PASSENGER", "SECRETARY", "BYPASS", "COMPASS"].filter(isCredentialName)).to.deep.equal(
      [],
    );
  });

  const lines: readonly (readonly [string, readonly string[]])[] = [
    ["redis-server --requirepass hunter22 --port 6379", ["hunter22"]],
    ["redis-cli -a hunter22 ping", ["hunter22"]],
    ["mysqladmin ping -phunter22", ["hunter22"]],
    ["curl -u admin:hunter22 http://x", ["hunter22"]],
    ["server --api-key=hunter22 --token-ttl=30", ["hunter22"]],
    ["password = hunter22", ["hunter22"]],
    ["connect amqp://u:hunter22@h", ["hunter22"]],
    ["# OPENAI_API_KEY=hunter22", ["hunter22"]],
    ["redis-server --port 6379 --save 60", []],
    ["# the password stands in the vault", []],
    ["server --password ${DB_PASSWORD}", []],
  ];
  for (const [line, expected] of lines)
    it(`reads "${line}"`, () => {
      expect(credentialsInLine(line).map(({ text }) => text)).to.deep.equal(expected);
    });
});

describe("credentials inside URLs", () => {
  const texts: readonly (readonly [string, readonly string[]])[] = [
    ["postgres://u:p/w:x@h/d", ["p/w:x"]],
    ["redis://:pw@h", ["pw"]],
    ["amqp://u@h then http://h/a:b and c://d:e f://g:hh@i", ["hh"]],
    ["a://b:c d@e", []],
    ["://u:pw@h", []],
  ];
  for (const [text, expected] of texts)
    it(`reads ${text}`, () => {
      expect(urlCredentials(text)).to.deep.equal(expected);
    });

  // As long as the largest file that is read; read again from every beginning, each would take minutes.
  for (const part of ["a", "a://", "a://b:", "a://b:c", "a://b:c/", "://"])
    it(`reads a megabyte of ${part} in one pass`, () => {
      const text = part.repeat(2 ** 20 / part.length);
      const begin = performance.now();
      expect([urlCredentials(text), urlCredentials(`${text}x://y:zz@h`).length]).to.deep.equal([
        [],
        1,
      ]);
      expect(performance.now() - begin).to.be.lessThan(5000);
    });
});

describe("placeholder", () => {
  const placeholders = [
    ...[
      "",
      " ",
      "change_me",
      "CHANGEME",
      "change-me-in-production",
      "your_openai_key_here",
      "your-secret",
    ],
    ...[
      "<secret>",
      "xxx",
      "xxxxxxxx",
      "sk-xxxxxxxx",
      "example",
      "AKIAIOSFODNN7EXAMPLE",
      "todo",
      "***",
      "{{ key }}",
    ],
    ...["postgresql://user:change_me@db.internal/x", "replace_me", "dummy", "null", "000000"],
  ];
  for (const text of placeholders)
    it(`refuses "${text}"`, () => {
      expect(isPlaceholder(text)).to.equal(true);
    });

  const real = [
    "hunter22",
    "postgresql://user:hunter22@db.example.com/x",
    "https://hooks.example.com/T0",
    "admin",
    "pa55",
  ];
  for (const text of real)
    it(`takes "${text}"`, () => {
      expect(isPlaceholder(text)).to.equal(false);
    });
});
