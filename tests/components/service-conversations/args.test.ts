import { expect } from "chai";
import {
  defaultStoreEndpoints,
  ServiceConversations,
  serviceConversationsDefaults,
  type ServiceConversationsArgs,
} from "../../../components/service-conversations";
import { resolveServiceConversationsArgs } from "../../../components/service-conversations/args";
import { startOfflineEngine } from "../../support/engine";
import { api, args, desk, stock } from "./fixture";

describe("ServiceConversationsArgs", () => {
  it("are filled up with the documented defaults", () => {
    const { stores, metricsReader, labels } = resolveServiceConversationsArgs("talk", args);
    expect({ stores, metricsReader, labels }).to.deep.equal(serviceConversationsDefaults);
    expect(metricsReader).to.deep.equal({
      namespace: "monitoring",
      podLabels: { "app.kubernetes.io/name": "prometheus" },
    });
    expect(labels).to.deep.equal({});
    expect(stores).to.deep.equal(defaultStoreEndpoints);
  });

  it("take stores elsewhere one by one", () => {
    const redis = { place: "data-subnets", port: 6380 } as const;
    const { stores } = resolveServiceConversationsArgs("talk", { ...args, stores: { redis } });
    expect(stores).to.deep.equal({ ...defaultStoreEndpoints, redis });
  });

  const quiet = { ...stock, talksTo: { services: [], stores: [], hosts: [] } };
  const cases: [string, Partial<ServiceConversationsArgs>, string[]][] = [
    ["no records", { records: [] }, ["records: got none, need at least one"]],
    [
      "a catalogue that breaks its rules",
      { records: [{ ...api, port: 80 }] },
      [
        "records.shop-api.port: got 80, need 1024 to 65535; the container runs as non-root",
        'records.shop-api.talksTo.services: got "shop-stock", need one of ',
      ],
    ],
    [
      "a product without a namespace",
      { namespaces: { shop: "shop" } },
      ["namespaces.desk: got none, need the name of the product's namespace"],
    ],
    [
      "a public service without the load balancer's ranges",
      { publicSubnetCidrs: [] },
      ["publicSubnetCidrs: got none, need the ranges from which the load balancer calls shop-api"],
    ],
    [
      "stores of the data tier without its ranges",
      { dataSubnetCidrs: [] },
      [
        "dataSubnetCidrs: got none, need the ranges in which redis answers",
        "dataSubnetCidrs: got none, need the ranges in which kafka answers",
        "dataSubnetCidrs: got none, need the ranges in which postgresql answers",
        "dataSubnetCidrs: got none, need the ranges in which rabbitmq answers",
      ],
    ],
    [
      "ranges that are none, and the internet for a subnet",
      { publicSubnetCidrs: ["10.0.16.1/24"], dataSubnetCidrs: ["0.0.0.0/0", "data"] },
      [
        'publicSubnetCidrs: got "10.0.16.1/24", need a range without host bits; write 10.0.16.0/24',
        'dataSubnetCidrs: got "0.0.0.0/0", need a private range, such as 10.0.32.0/24',
        'dataSubnetCidrs: got "data", need an IPv4 range such as 10.0.0.0/16',
      ],
    ],
    [
      "a store on no port, and one that would be every pod",
      {
        stores: {
          redis: { place: "data-subnets", port: 0 },
          mlflow: { place: "pods", namespace: "mlflow", podLabels: {}, port: 5000 },
        },
      },
      [
        "stores.redis.port: got 0, need 1 to 65535",
        "stores.mlflow.podLabels: got none, which is every pod, need the labels of its own",
      ],
    ],
    [
      "a reader of metrics that would be every pod",
      { metricsReader: { namespace: "monitoring", podLabels: {} } },
      [
        "metricsReader.podLabels: got none, which is every pod, need the labels of those that read metrics",
      ],
    ],
    [
      "labels of our own",
      { labels: { "app.kubernetes.io/name": "other" } },
      ["labels.app.kubernetes.io/name: got a label that this component sets, need another key"],
    ],
    [
      "everything wrong at once",
      {
        records: [api, stock, desk],
        namespaces: {},
        publicSubnetCidrs: [],
        dataSubnetCidrs: ["x"],
      },
      [
        "namespaces.shop: got none, need the name of the product's namespace",
        "namespaces.desk: got none, need the name of the product's namespace",
        "publicSubnetCidrs: got none, need the ranges from which the load balancer calls shop-api",
        'dataSubnetCidrs: got "x", need an IPv4 range such as 10.0.0.0/16',
      ],
    ],
  ];
  for (const [title, change, problems] of cases) {
    it(`refuse ${title}, and register nothing`, async () => {
      const engine = await startOfflineEngine();
      expect(() => new ServiceConversations("talk", { ...args, ...change }))
        .to.throw('ServiceConversations "talk" was refused:')
        .with.property("problems")
        .that.deep.equals(problems);
      await engine.settle();
      expect(engine.registrations).to.deep.equal([]);
    });
  }

  it("need no ranges where nobody is public and nobody talks to the data tier", () => {
    expect(() =>
      resolveServiceConversationsArgs("talk", {
        records: [quiet],
        namespaces: { shop: "shop" },
        publicSubnetCidrs: [],
        dataSubnetCidrs: [],
      }),
    ).not.to.throw();
  });
});
