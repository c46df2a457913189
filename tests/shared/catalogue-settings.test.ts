import { expect } from "chai";
import type { ServiceRecord } from "../../components/shared/service-record";
import { itRefuses, withApi, withStock, type Case } from "./catalogue-fixture";

const secret = (change: Partial<ServiceRecord["secrets"][number]>) => ({
  secrets: [
    {
      name: "db",
      variables: ["DB_URL"],
      origin: "generated" as const,
      rotation: { days: 30 },
      ...change,
    },
  ],
});
const settingsCases: Case[] = [
  [
    "a service that names no database to connect to",
    () => withStock({ talksTo: { services: [], stores: ["postgresql"], hosts: [] } }),
    [
      "shop-stock.database: got none with postgresql in talksTo.stores, need the name of the database",
    ],
  ],
  [
    "a database that the service cannot reach, and a user of it",
    () =>
      withStock({
        database: "shop",
        ...secret({ variables: ["DB_URL"], origin: "database-user" }),
      }),
    ['shop-stock.database: got "shop", need none without postgresql in talksTo.stores'],
  ],
  [
    "a user of a database without one",
    () => withStock(secret({ origin: "database-user" })),
    ["shop-stock.secrets.db.origin: got database-user, need postgresql in talksTo.stores"],
  ],
  [
    "a database whose name has to be quoted",
    () => withApi({ database: "Shop-DB" }),
    [
      'shop-api.database: got "Shop-DB", need at most 32 lower-case letters, digits and _, beginning with a letter',
    ],
  ],
  [
    "a variable of a user that nothing fills",
    () => withApi(secret({ origin: "cache-user", variables: ["CACHE_OPTIONS"] })),
    [
      "shop-api.secrets.db.variables: got CACHE_OPTIONS, of which nothing says what it carries, need a name that ends in URL, PASSWORD, USER or USERNAME",
    ],
  ],
  [
    "two secrets of one name, and a variable that both set",
    () => withApi({ secrets: [...secret({}).secrets, ...secret({}).secrets] }),
    [
      'shop-api.secrets: got "db" twice, need each name once',
      "shop-api.secrets: got the variable DB_URL twice, need each once",
    ],
  ],
  [
    "a secret with a name that no path takes, without variables",
    () => withApi(secret({ name: "Data Base", variables: [] })),
    [
      'shop-api.secrets: got the name "Data Base", need a DNS label',
      "shop-api.secrets.Data Base.variables: got none, need at least one",
    ],
  ],
  [
    "rotation that Secrets Manager does not know",
    () => withApi(secret({ rotation: { days: 1001 } })),
    ["shop-api.secrets.db.rotation.days: got 1001, need 1 to 1000"],
  ],
  [
    "a previous key that no rotation of ours keeps",
    () => withApi(secret({ origin: "issued-outside", variables: ["API_KEY", "API_KEY_PREVIOUS"] })),
    [
      "shop-api.secrets.db.variables: got API_KEY_PREVIOUS with origin issued-outside, need origin generated",
    ],
  ],
  [
    "a previous key without the next one",
    () => withApi(secret({ variables: ["API_KEY", "API_KEY_PREVIOUS"] })),
    [
      "shop-api.secrets.db.variables: got API_KEY_PREVIOUS without API_KEY_NEXT, need both: pods get keys one by one",
    ],
  ],
  [
    "a next key without the previous one",
    () => withApi(secret({ variables: ["API_KEY", "API_KEY_NEXT"] })),
    [
      "shop-api.secrets.db.variables: got API_KEY_NEXT without API_KEY_PREVIOUS, need both: tokens outlive a key",
    ],
  ],
  [
    "a previous key without the current one",
    () => withApi(secret({ variables: ["OTHER_KEY", "API_KEY_PREVIOUS"] })),
    [
      "shop-api.secrets.db.variables: got API_KEY_PREVIOUS alone, need the variable that it keeps as well",
    ],
  ],
  [
    "a variable that a shell could not read",
    () => withApi(secret({ variables: ["db-url"] })),
    ['shop-api.secrets: got the variable "db-url", need capital letters, digits and _'],
  ],
  [
    "a variable that every container has",
    () => withApi({ settings: { POD_NAME: "x" } }),
    ["shop-api.settings.POD_NAME: got a variable that every container has, need another name"],
  ],
  [
    "a variable that is both secret and not",
    () => withApi({ settings: { DATABASE_URL: "postgres://db/shop" } }),
    ["shop-api.settings.DATABASE_URL: got a variable that a secret sets too, need one of them"],
  ],
  ...[
    "DB_PASSWORD",
    "API_TOKEN",
    "OPENAI_API_KEY",
    "SECRET_KEY_BASE",
    "TWILIO_ACCOUNT_SID",
    "SLACK_WEBHOOK_URL",
    "PGPASSWORD",
    "SENTRY_DSN",
  ].map((variable): Case => [
    `the credential ${variable} among the settings`,
    () => withApi({ settings: { [variable]: "x" } }),
    [`shop-api.settings.${variable}: got the name of a credential, need it declared in secrets`],
  ]),
  ...(
    [
      ["redis://:hunter2@cache:6379", "a URL with a password"],
      ["amqp://user:hunter2@broker/", "a URL with a password"],
      ["-----BEGIN RSA PRIVATE KEY-----", "a private key"],
      ["AKIAIOSFODNN7EXAMPLE", "what looks like an access key or token"],
      ["xoxb-1-2-3", "what looks like an access key or token"],
      ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "what looks like an access key or token"],
      ["${PORT:-8080}", "a placeholder that nothing fills in"],
    ] as const
  ).map(([value, why]): Case => [
    `${why} as a value, without repeating it (${value.slice(0, 6)})`,
    () => withApi({ settings: { SOME_SETTING: value } }),
    [`shop-api.settings.SOME_SETTING: got ${why}, need a value without it`],
  ]),
];

describe("A catalogue's settings", () => {
  itRefuses(settingsCases);

  it("takes settings that only resemble credentials", () => {
    const settings = {
      MAX_TOKENS: "4096",
      RELAY_URL: "http://relay.shop.svc.cluster.local:3001",
      CORS_ORIGINS: "https://a.example.com,https://b.example.com:8443",
      KEYSPACE: "shop",
      TOKEN_URL: "https://login.example.com/token?user=a:b@c",
    };
    expect(withApi({ settings })).to.deep.equal([]);
  });
});
