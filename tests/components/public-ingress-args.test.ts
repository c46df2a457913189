import { expect } from "chai";
import {
  PublicIngress,
  publicIngressDefaults,
  type PublicIngressArgs,
} from "../../components/public-ingress";
import { resolvePublicIngressArgs } from "../../components/public-ingress/args";
import { startOfflineEngine } from "../support/engine";
import { api, mailer, stock } from "./platform-service-fixture";
import { args, depot } from "./public-ingress-fixture";

describe("PublicIngressArgs", () => {
  it("are filled up with the documented defaults", () => {
    const spec = resolvePublicIngressArgs("public", args);
    expect(spec).to.deep.equal({
      ...args,
      inboundCidrs: ["0.0.0.0/0"],
      securityPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      deletionProtection: true,
      className: "auterity-public",
      tags: {},
      labels: {},
    });
    expect(spec).to.deep.equal({ ...args, ...publicIngressDefaults });
  });

  const unknownPolicy = JSON.parse('{"securityPolicy":"ELBSecurityPolicy-2016-08"}') as object;
  const cases: [string, Partial<PublicIngressArgs>, string[]][] = [
    [
      "a domain that is none",
      { domain: "localhost" },
      ['domain: got "localhost", need a DNS name such as "platform.example.com"'],
    ],
    [
      "services of which none is public",
      { services: [stock, mailer] },
      ["services: got none with an exposure, need at least one"],
    ],
    [
      "a record that breaks the catalogue's rules",
      { services: [{ ...api, port: 80 }] },
      ["services.shop-api.port: got 80, need 1024 to 65535; the container runs as non-root"],
    ],
    [
      "one subdomain for two services",
      { services: [api, { ...depot, exposure: { subdomain: "api", healthCheckPath: "/" } }] },
      ['services: got the subdomain "api" twice, need each once'],
    ],
    [
      "a product without a namespace",
      { namespaces: { shop: "shop" } },
      ['namespaces: got none for the product "depot", need its namespace'],
    ],
    [
      "a single subnet",
      { publicSubnetIds: ["subnet-a"] },
      ["publicSubnetIds: got 1, need at least 2, one per zone"],
    ],
    ["nobody who may connect", { inboundCidrs: [] }, ["inboundCidrs: got none, need at least one"]],
    [
      "a range twice",
      { inboundCidrs: ["10.0.0.0/8", "10.0.0.0/8"] },
      ['inboundCidrs: got "10.0.0.0/8" twice, need each once'],
    ],
    [
      "a region that is none",
      { network: { ...args.network, region: "west" } },
      ['network.region: got "west", need a region such as us-west-2'],
    ],
    [
      "a range with host bits",
      { inboundCidrs: ["203.0.113.7/24"] },
      ['inboundCidrs: got "203.0.113.7/24", need a range without host bits; write 203.0.113.0/24'],
    ],
    ...["203.0.113.7", "300.0.0.0/8", "2001:db8::/32", "any"].map(
      (cidr): [string, Partial<PublicIngressArgs>, string[]] => [
        `the range "${cidr}"`,
        { inboundCidrs: [cidr] },
        [`inboundCidrs: got "${cidr}", need an IPv4 range such as 10.0.0.0/16`],
      ],
    ),
    [
      "a security policy with old protocols",
      unknownPolicy,
      [
        'securityPolicy: got "ELBSecurityPolicy-2016-08", need one of ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09, ELBSecurityPolicy-TLS13-1-3-PQ-2025-09, ELBSecurityPolicy-TLS13-1-2-Res-2021-06, ELBSecurityPolicy-TLS13-1-3-2021-06',
      ],
    ],
    [
      "a class name that is none",
      { className: "Public" },
      ['className: got "Public", need a DNS label'],
    ],
    ...["a".repeat(33), "internal-shop", "-shop", "shop-", "shop_1"].map(
      (name): [string, Partial<PublicIngressArgs>, string[]] => [
        `the load balancer name "${name}"`,
        { loadBalancerName: name },
        [
          `loadBalancerName: got "${name}", need at most 32 letters, digits and hyphens, not starting with "internal-"`,
        ],
      ],
    ),
    [
      "labels of our own",
      { labels: { "app.kubernetes.io/managed-by": "me" } },
      [
        "labels.app.kubernetes.io/managed-by: got a label that this component sets, need another key",
      ],
    ],
    [
      "everything wrong at once",
      { domain: "", services: [], inboundCidrs: [] },
      [
        'domain: got "", need a DNS name such as "platform.example.com"',
        "services: got none with an exposure, need at least one",
        "inboundCidrs: got none, need at least one",
      ],
    ],
  ];
  for (const [title, change, problems] of cases) {
    it(`refuse ${title}, and register nothing`, async () => {
      const engine = await startOfflineEngine();
      expect(() => new PublicIngress("public", { ...args, ...change }))
        .to.throw('PublicIngress "public" was refused:')
        .with.property("problems")
        .that.deep.equals(problems);
      await engine.settle();
      expect(engine.registrations).to.deep.equal([]);
    });
  }
});
