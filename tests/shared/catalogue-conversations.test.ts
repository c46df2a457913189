import type { ServiceRecord } from "../../components/shared/service-record";
import { api } from "../components/platform-service-fixture";
import { itRefuses, withApi, withMailer, withStock, type Case } from "./catalogue-fixture";

const exposure = (change: Partial<NonNullable<ServiceRecord["exposure"]>>) => ({
  exposure: { subdomain: "api", healthCheckPath: "/ready", ...change },
});
const talksTo = (change: Partial<ServiceRecord["talksTo"]>) => ({
  talksTo: { ...api.talksTo, ...change },
});

const conversations: Case[] = [
  [
    "a partner that does not exist",
    () => withApi(talksTo({ services: ["shop-stok"] })),
    ['shop-api.talksTo.services: got "shop-stok", need one of shop-stock, shop-mailer'],
  ],
  [
    "a partner that nobody can connect to",
    () => withApi(talksTo({ services: ["shop-mailer"] })),
    ['shop-api.talksTo.services: got "shop-mailer", which has no port, need a service with a port'],
  ],
  [
    "a service that talks to itself",
    () => withApi(talksTo({ services: ["shop-api"] })),
    ["shop-api.talksTo.services: got itself, need other services"],
  ],
  [
    "partners, stores and hosts named twice",
    () =>
      withApi({
        talksTo: {
          services: ["shop-stock", "shop-stock"],
          stores: ["postgresql", "redis", "redis"],
          hosts: ["api.example.com:443", "api.example.com:443"],
        },
      }),
    [
      'shop-api.talksTo.services: got "shop-stock" twice, need each once',
      'shop-api.talksTo.stores: got "redis" twice, need each once',
      'shop-api.talksTo.hosts: got "api.example.com:443" twice, need each once',
    ],
  ],
  [
    "a store that the platform does not have",
    () =>
      withApi(
        JSON.parse(
          '{"talksTo":{"services":[],"stores":["postgresql","mysql"],"hosts":[]}}',
        ) as object,
      ),
    [
      'shop-api.talksTo.stores: got "mysql", need one of postgresql, redis, rabbitmq, kafka, model-bucket, mlflow',
    ],
  ],
  ...[
    "api.example.com",
    "localhost:443",
    "10.0.0.1:443",
    "*.example.com:443",
    "api.example.com:0",
    "api.example.com:65536",
    "https://api.example.com:443",
    "API.example.com:443",
  ].map((host): Case => [
    `the host "${host}"`,
    () => withApi(talksTo({ hosts: [host] })),
    [
      `shop-api.talksTo.hosts: got "${host}", need host:port with a full DNS name, such as "api.example.com:443"`,
    ],
  ]),
  [
    "an exposure of what has no port",
    () => withMailer(exposure({ subdomain: "mail" })),
    ["shop-mailer.exposure: got a service without a port, need a port"],
  ],
  [
    "an exposure with a subdomain, path and time that are none",
    () =>
      withApi(exposure({ subdomain: "a.b", healthCheckPath: "ready", idleTimeoutSeconds: 4001 })),
    [
      'shop-api.exposure.subdomain: got "a.b", need a DNS label',
      'shop-api.exposure.healthCheckPath: got "ready", need a path that starts with /',
      "shop-api.exposure.idleTimeoutSeconds: got 4001, need 1 to 4000",
    ],
  ],
  [
    "one subdomain for two services, of whatever product",
    () => withStock({ product: "depot", ...exposure({}) }),
    ['shop-stock.exposure.subdomain: got "api", which is shop-api\'s, need another'],
  ],
];

describe("A catalogue's conversations", () => {
  itRefuses(conversations);
});
