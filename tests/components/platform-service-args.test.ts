import { expect } from "chai";
import {
  PlatformService,
  platformServiceDefaults,
  type PlatformServiceArgs,
} from "../../components/platform-service";
import { imageTag, resolvePlatformServiceArgs } from "../../components/platform-service/args";
import { startOfflineEngine } from "../support/engine";
import { api, mailer } from "./platform-service-fixture";

const args: PlatformServiceArgs = {
  record: api,
  image: "registry.example.com/shop/app:1.4.2",
  namespace: "shop",
  zones: 3,
};

describe("PlatformServiceArgs", () => {
  it("are filled up with the documented defaults", () => {
    const { settings, secretEnvironment, labels, priorityClassNames, minimumReplicas } =
      resolvePlatformServiceArgs("unit", args);
    expect({ settings, secretEnvironment, labels }).to.deep.equal({
      settings: {},
      secretEnvironment: {},
      labels: {},
    });
    expect(priorityClassNames).to.deep.equal({
      critical: "auterity-critical",
      standard: "auterity-standard",
      batch: "auterity-batch",
    });
    expect(priorityClassNames).to.equal(platformServiceDefaults.priorityClassNames);
    expect(minimumReplicas).to.equal(3);
  });

  const digest = `@sha256:${"0f".repeat(32)}`;
  const images: [string, string | undefined][] = [
    ["123456789012.dkr.ecr.us-west-2.amazonaws.com/auterity/relaycore:unreleased", "unreleased"],
    [`unassigned.dkr.ecr.us-west-2.amazonaws.com/a/b-c/d.e__f:v1.0_2${digest}`, "v1.0_2"],
    ["localhost:5000/app:1", "1"],
    ["registry.example.com:8443/app:1", "1"],
    ["registry.example.com/app", undefined],
    [`registry.example.com/app${digest}`, undefined],
    ["app:1", undefined],
    ["library/app:1", undefined],
    ["registry.example.com/App:1", undefined],
    ["registry.example.com/app:1@sha256:0f", undefined],
    ["registry.example.com/app:1 ", undefined],
    ["", undefined],
  ];
  for (const [image, tag] of images) {
    it(`read ${tag === undefined ? "no tag" : `the tag ${tag}`} in "${image}"`, () => {
      expect(imageTag(image)).to.equal(tag);
    });
  }

  const cases: [string, Partial<PlatformServiceArgs>, string[]][] = [
    [
      "a record that breaks the catalogue's rules",
      { record: { ...api, port: 80, team: "" } },
      [
        "record.team: got nothing, need a DNS label of at most 32 characters",
        "record.port: got 80, need 1024 to 65535; the container runs as non-root",
      ],
    ],
    [
      "an image that is no full reference",
      { image: "app" },
      ['image: got "app", need REGISTRY/REPOSITORY:TAG, with or without @sha256:DIGEST'],
    ],
    [
      "an image that is whatever came last",
      { image: "registry.example.com/app:latest" },
      ["image: got the tag latest, need the tag of one version"],
    ],
    ["no zone", { zones: 0 }, ["zones: got 0, need 1 to 6"]],
    ["more zones than a region has", { zones: 7 }, ["zones: got 7, need 1 to 6"]],
    ["no replica", { minimumReplicas: 0 }, ["minimumReplicas: got 0, need 1 to 10"]],
    [
      "more replicas than the record allows",
      { minimumReplicas: 11 },
      ["minimumReplicas: got 11, need 1 to 10"],
    ],
    [
      "fewer than no replicas of batch work",
      { record: mailer, minimumReplicas: -1 },
      ["minimumReplicas: got -1, need 0 to 4"],
    ],
    [
      "settings that are credentials, hold one, or are the record's",
      { settings: { DB_PASSWORD: "x", CACHE_URL: "redis://:hunter2@cache", LOG_LEVEL: "debug" } },
      [
        "settings.DB_PASSWORD: got the name of a credential, need it declared in secrets",
        "settings.CACHE_URL: got a URL with a password, need a value without it",
        "settings.LOG_LEVEL: got a variable that the record sets, need one of them",
      ],
    ],
    [
      "secret variables with a malformed or a taken name",
      {
        settings: { CACHE_URL: "redis://cache" },
        secretEnvironment: {
          "db-url": { secretName: "db", key: "url" },
          CACHE_URL: { secretName: "cache", key: "url" },
          LOG_LEVEL: { secretName: "log", key: "level" },
          POD_NAME: { secretName: "pod", key: "name" },
        },
      },
      [
        'secretEnvironment: got the variable "db-url", need capital letters, digits and _',
        "secretEnvironment.CACHE_URL: got a variable that the settings have, need one of them",
        "secretEnvironment.LOG_LEVEL: got a variable that the settings have, need one of them",
        "secretEnvironment.POD_NAME: got a variable that every container has, need another name",
      ],
    ],
    [
      "labels of our own",
      { labels: { "auterity.io/tier": "none", "app.kubernetes.io/version": "0" } },
      [
        "labels.auterity.io/tier: got a label that this component sets, need another key",
        "labels.app.kubernetes.io/version: got a label that this component sets, need another key",
      ],
    ],
    [
      "everything wrong at once",
      { image: "app", zones: 0, minimumReplicas: 0 },
      [
        'image: got "app", need REGISTRY/REPOSITORY:TAG, with or without @sha256:DIGEST',
        "minimumReplicas: got 0, need 1 to 10",
        "zones: got 0, need 1 to 6",
      ],
    ],
  ];
  for (const [title, change, problems] of cases) {
    it(`refuse ${title}, and register nothing`, async () => {
      const engine = await startOfflineEngine();
      expect(() => new PlatformService("unit", { ...args, ...change }))
        .to.throw('PlatformService "unit" was refused:')
        .with.property("problems")
        .that.deep.equals(problems);
      await engine.settle();
      expect(engine.registrations).to.deep.equal([]);
    });
  }

  it("accept batch work at rest", () => {
    const spec = resolvePlatformServiceArgs("unit", { ...args, record: mailer });
    expect(spec.minimumReplicas).to.equal(0);
  });
});
