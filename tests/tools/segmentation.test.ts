import { expect } from "chai";
import { isExpected } from "../../tools/drill/segmentation/expectation";
import type { Controller, Conversation, Peer } from "../../tools/drill/segmentation/peers";
import { describeConversation } from "../../tools/drill/segmentation/peers";
import { readCluster } from "../../tools/drill/segmentation/planned";
import {
  conversationsOf,
  networkOf,
  pairsOf,
  peersOf,
  portsOf,
} from "../../tools/drill/segmentation/world";
import { readStackFile } from "../../tools/plan/stack-files";
import { api, mailer, shop, stock } from "../components/platform-service-fixture";
import { desk } from "../components/service-conversations/fixture";

const keeper: Controller = {
  name: "keeper",
  namespace: "keeper",
  labels: { app: "keeper" },
  webhookPort: 9443,
  metricsPort: 8080,
  callsApiServer: true,
  callsAws: true,
  usesPodIdentity: true,
};
const scaler: Controller = {
  name: "scaler",
  namespace: "scaler",
  labels: { app: "scaler" },
  callsApiServer: true,
  callsAws: false,
  usesPodIdentity: false,
  callsControllers: [{ name: "keeper", port: 9666 }],
  asksPrometheus: true,
  callsStores: ["rabbitmq"],
};
const modest: Controller = {
  name: "modest",
  namespace: "modest",
  labels: { app: "modest" },
  callsApiServer: true,
  callsAws: false,
  usesPodIdentity: false,
};

const peer = (name: string, role: Peer["role"], inEndpointSubnet = false): Peer => ({
  ...{ name, role, inEndpointSubnet },
  address: "10.0.0.1",
});
const service = (record: typeof api) => peer(record.name, { kind: "service", record });
const shopApi = service(api);
const shopStock = service(stock);
const shopMailer = service(mailer);
const deskWorker = service(desk);
const ours = peer("keeper", { kind: "controller", controller: keeper });
const quiet = peer("modest", { kind: "controller", controller: modest });
const asking = peer("scaler", { kind: "controller", controller: scaler });
const undeclared = peer("undeclared", { kind: "undeclared" });
const of = (kind: "dns" | "metrics-reader" | "foreign-pod" | "internet" | "load-balancer") =>
  peer(kind, { kind });
const at = (kind: "control-plane" | "data-tier" | "credentials" | "api-service" | "elsewhere") =>
  peer(kind, { kind });
const mlflow = peer("mlflow", { kind: "store-pod", store: "mlflow" });
const endpoint = peer("endpoint", { kind: "endpoint" }, true);

describe("The drill segmentation: what the catalogue says", () => {
  const allowed: [Peer, Peer, number][] = [
    [shopApi, shopStock, 8001],
    [deskWorker, shopApi, 8000],
    [of("load-balancer"), shopApi, 8000],
    [asking, ours, 9666],
    [asking, of("metrics-reader"), 9090],
    [asking, at("data-tier"), 5671],
    [of("metrics-reader"), shopApi, 8000],
    [shopApi, at("data-tier"), 5432],
    [shopMailer, at("data-tier"), 5671],
    [deskWorker, at("data-tier"), 6379],
    [deskWorker, at("data-tier"), 9098],
    [deskWorker, mlflow, 5000],
    [deskWorker, at("credentials"), 80],
    [deskWorker, of("internet"), 443],
    [deskWorker, of("internet"), 587],
    [shopApi, of("internet"), 443],
    [shopStock, of("dns"), 53],
    [undeclared, of("dns"), 53],
    [ours, of("dns"), 53],
    [ours, at("control-plane"), 443],
    [ours, at("api-service"), 443],
    [ours, endpoint, 443],
    [ours, of("internet"), 443],
    [ours, at("credentials"), 80],
    [at("control-plane"), ours, 9443],
    [of("metrics-reader"), ours, 8080],
    [quiet, at("control-plane"), 443],
    // Neither is ours to bound.
    [of("foreign-pod"), of("internet"), 22],
  ];
  const refused: [Peer, Peer, number][] = [
    [shopStock, shopApi, 8000],
    [shopApi, shopApi, 8000],
    [shopApi, shopStock, 8000],
    [of("load-balancer"), shopStock, 8001],
    [of("metrics-reader"), shopStock, 8001],
    [of("foreign-pod"), shopApi, 8000],
    [undeclared, shopApi, 8000],
    [shopApi, undeclared, 8000],
    [of("metrics-reader"), undeclared, 8000],
    [shopApi, at("data-tier"), 6379],
    [shopApi, mlflow, 5000],
    [shopApi, at("credentials"), 80],
    [shopApi, of("internet"), 587],
    [shopStock, of("internet"), 443],
    [shopApi, at("elsewhere"), 443],
    [shopApi, at("control-plane"), 443],
    [shopApi, endpoint, 443],
    [shopApi, of("dns"), 443],
    [of("foreign-pod"), ours, 9443],
    [at("control-plane"), ours, 8080],
    [of("metrics-reader"), ours, 9443],
    [ours, at("data-tier"), 443],
    [ours, at("elsewhere"), 443],
    [asking, ours, 8080],
    [ours, asking, 9666],
    [quiet, ours, 9666],
    [asking, at("data-tier"), 5432],
    [ours, at("data-tier"), 5671],
    [quiet, of("metrics-reader"), 9090],
    [quiet, of("internet"), 443],
    [quiet, endpoint, 443],
    [quiet, at("credentials"), 80],
    [of("metrics-reader"), quiet, 8080],
    [at("control-plane"), quiet, 9443],
  ];
  const tryIt = ([from, to, port]: [Peer, Peer, number], protocol: "TCP" | "UDP" = "TCP") => ({
    ...{ from, to, port, protocol },
  });
  const wrong = (entries: Conversation[], wanted: boolean) =>
    entries.filter((entry) => isExpected(entry) !== wanted).map(describeConversation);

  it("allows what is declared at both ends", () => {
    expect(
      wrong(
        allowed.map((entry) => tryIt(entry)),
        true,
      ),
    ).to.deep.equal([]);
  });

  it("refuses what one end did not declare", () => {
    expect(
      wrong(
        refused.map((entry) => tryIt(entry)),
        false,
      ),
    ).to.deep.equal([]);
  });

  it("allows nothing but DNS over UDP", () => {
    const overUdp = allowed.slice(0, -1).map((entry) => tryIt(entry, "UDP"));
    expect(overUdp.filter(isExpected).map(({ to }) => to.role.kind)).to.deep.equal([
      "dns",
      "dns",
      "dns",
    ]);
  });
});

describe("The drill segmentation: who is tried", () => {
  const networks = ["prod", "dev", "recovery"].map((name) => networkOf(readStackFile(".", name)));
  const [network, ...others] = networks;
  const workloads = shop.map(({ name, product }) => ({
    ...{ name, namespace: product },
    labels: { "app.kubernetes.io/name": name },
  }));
  const world = () =>
    peersOf({ records: shop, workloads, controllers: [keeper], network: network!, others });

  it("is every pod, an undeclared one, impostors, and addresses in every tier and environment", () => {
    expect(world().map(({ name, address }) => `${name} ${address}`)).to.include.members([
      "shop-api 10.30.0.100",
      "undeclared pod in shop 10.30.0.103",
      "undeclared pod in keeper 10.30.0.104",
      "keeper 10.30.0.105",
      "shop-api's impostor in default 10.30.0.111",
      "the instance metadata 169.254.169.254",
      "the internet 203.0.113.10",
      "the load balancer in us-west-2b 10.30.80.10",
      "the data tier in us-west-2c 10.30.145.10",
      "the control plane in us-west-2a 10.30.18.10",
      "the data subnet of dev 10.20.17.10",
    ]);
    const addresses = world().map(({ address }) => address);
    expect(new Set(addresses).size).to.equal(addresses.length);
  });

  it("refuses a Deployment that no record declares", () => {
    const stranger = { name: "stranger", namespace: "shop", labels: {} };
    expect(() =>
      peersOf({
        ...{ records: shop, controllers: [], others },
        network: network!,
        workloads: [stranger],
      }),
    ).to.throw("stranger: got a workload that no record of the catalogue declares");
  });

  it("tries every declared port, and some that nobody declares", () => {
    expect(portsOf([...shop, desk], [keeper])).to.deep.equal([
      ...[
        22, 53, 80, 443, 587, 5000, 5432, 5671, 6379, 8000, 8001, 8080, 9090, 9098, 9443, 10250,
      ].map((port) => ({ protocol: "TCP", port })),
      { protocol: "UDP", port: 53 },
      { protocol: "UDP", port: 443 },
    ]);
  });

  it("pairs everybody with everybody of which one is ours, and a service with its other replicas", () => {
    const pairs = pairsOf([shopApi, undeclared, of("dns"), of("internet")]);
    expect(pairs.map(([from, to]) => `${from.name} ${to.name}`)).to.deep.equal([
      "shop-api shop-api",
      "shop-api undeclared",
      "shop-api dns",
      "shop-api internet",
      "undeclared shop-api",
      "undeclared dns",
      "undeclared internet",
      "dns shop-api",
      "dns undeclared",
      "internet shop-api",
      "internet undeclared",
    ]);
    const ports = portsOf([], []);
    expect(conversationsOf([shopApi, undeclared], ports)).to.have.length(3 * ports.length);
  });

  it("reads pods and policies from a plan's manifests", () => {
    const { policies, workloads: read } = readCluster([
      {
        path: "manifests/shop/networkpolicy-a.yaml",
        content: "metadata: {name: a, namespace: shop}",
      },
      {
        path: "manifests/shop/deployment-b.yaml",
        content:
          "metadata: {name: b, namespace: shop}\nspec: {template: {metadata: {labels: {app: b}}}}",
      },
      { path: "manifests/shop/service-c.yaml", content: "metadata: {name: c, namespace: shop}" },
    ]);
    expect(policies.map(({ id, namespace }) => [id, namespace])).to.deep.equal([
      ["shop/a", "shop"],
    ]);
    expect(read).to.deep.equal([{ name: "b", namespace: "shop", labels: { app: "b" } }]);
  });
});
