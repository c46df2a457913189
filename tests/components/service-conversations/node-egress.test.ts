import { expect } from "chai";
import type { MultiAzCluster } from "../../../components/multi-az-cluster";
import { conversationNodeEgress } from "../../../components/service-conversations";
import { api, desk, shop, stock } from "./fixture";

/** What the cluster takes: the two must not drift apart. */
type NodeEgress = NonNullable<ConstructorParameters<typeof MultiAzCluster>[1]["nodeEgress"]>;

const to = (description: string, port: number, cidrBlock: string) => ({
  description,
  protocol: "tcp",
  fromPort: port,
  toPort: port,
  to: { cidrBlock },
});

describe("conversationNodeEgress", () => {
  const dataSubnetCidrs = ["10.0.17.0/24", "10.0.81.0/24"];

  it("is each store's port towards each data subnet, and outside ports beside 443", () => {
    const egress: NodeEgress = conversationNodeEgress({
      records: [...shop, desk],
      dataSubnetCidrs,
    });
    expect(egress).to.deep.equal({
      "kafka-10.0.17.0-24": to("kafka in the data tier", 9098, "10.0.17.0/24"),
      "kafka-10.0.81.0-24": to("kafka in the data tier", 9098, "10.0.81.0/24"),
      "postgresql-10.0.17.0-24": to("postgresql in the data tier", 5432, "10.0.17.0/24"),
      "postgresql-10.0.81.0-24": to("postgresql in the data tier", 5432, "10.0.81.0/24"),
      "rabbitmq-10.0.17.0-24": to("rabbitmq in the data tier", 5671, "10.0.17.0/24"),
      "rabbitmq-10.0.81.0-24": to("rabbitmq in the data tier", 5671, "10.0.81.0/24"),
      "redis-10.0.17.0-24": to("redis in the data tier", 6379, "10.0.17.0/24"),
      "redis-10.0.81.0-24": to("redis in the data tier", 6379, "10.0.81.0/24"),
      "outside-587": to("Outside hosts of the catalogue on port 587", 587, "0.0.0.0/0"),
    });
  });

  it("follows a store to another port or place", () => {
    const kafka = { place: "public", port: 9198 } as const;
    const postgresql = { place: "data-subnets", port: 6432 } as const;
    const egress = conversationNodeEgress({
      records: [desk, api],
      dataSubnetCidrs: ["10.0.17.0/24"],
      stores: { kafka, postgresql },
    });
    expect(Object.keys(egress)).to.deep.equal([
      "postgresql-10.0.17.0-24",
      "redis-10.0.17.0-24",
      "outside-587",
      "outside-9198",
    ]);
    expect(egress["postgresql-10.0.17.0-24"]?.fromPort).to.equal(6432);
  });

  it("is nothing where nobody talks to anybody outside the cluster", () => {
    expect(conversationNodeEgress({ records: [stock], dataSubnetCidrs })).to.deep.equal({});
  });
});
