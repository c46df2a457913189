import { expect } from "chai";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { readLock } from "../tools/images/lock-file";

interface Service {
  readonly image?: string;
  readonly privileged?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly read_only?: boolean;
  readonly security_opt?: readonly string[];
  readonly cap_drop?: readonly string[];
  readonly cap_add?: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[]; readonly interval: string };
  readonly deploy?: {
    readonly resources: { readonly limits: Readonly<Record<string, string>> };
  };
}

const exactTag =
  /^[\w./-]+:(v?\d+\.\d+\.\d+|v?\d+\.\d+|RELEASE\.[\dTZ-]+)(-[a-z0-9.-]+)?(@sha256:[0-9a-f]{64})?$/;
const credential = /PASS|SECRET|TOKEN|KEY|ROOT_USER/;
const fromOutside = /^\$\{[A-Z_]+:\?[^}]+\}$/;

/** What is wrong with a local set; the bad one below shows that each rule bites. */
function problemsOf(text: string): string[] {
  const { services } = parse(text, { merge: true }) as { services: Record<string, Service> };
  return Object.entries(services).flatMap(([name, service]) =>
    [...isolation(service), ...limits(service), ...contents(service)].map(
      (problem) => `${name}: ${problem}`,
    ),
  );
}

function isolation(service: Service): string[] {
  const problems: string[] = [];
  if (service.read_only !== true && (service.labels?.["auterity.writable"] ?? "").length < 20)
    problems.push("writable without a reason");
  if (!service.security_opt?.includes("no-new-privileges:true")) problems.push("new privileges");
  if (!service.cap_drop?.includes("ALL") || service.cap_add !== undefined || service.privileged)
    problems.push("capabilities");
  for (const port of service.ports ?? [])
    if (!/^127\.0\.0\.1:\d+:\d+$/.test(port)) problems.push(`port ${port}`);
  for (const volume of service.volumes ?? [])
    if (!/^[a-z]+:\//.test(volume)) problems.push(`volume ${volume}`);
  return problems;
}

function limits({ healthcheck, deploy }: Service): string[] {
  const { cpus, memory } = deploy?.resources.limits ?? {};
  return [
    ...((healthcheck?.test.length ?? 0) < 2 || healthcheck?.interval === undefined
      ? ["no health check"]
      : []),
    ...(cpus === undefined || memory === undefined ? ["no limits"] : []),
  ];
}

function contents({ image = "", environment = {} }: Service): string[] {
  return [
    ...(exactTag.test(image) ? [] : [`image ${image}`]),
    ...Object.entries(environment).flatMap(([variable, value]) => {
      if (credential.test(variable) && !fromOutside.test(value)) return [`value of ${variable}`];
      return /\$\{[^}]*:?-|:\/\/[^/\s]*:[^/\s]*@/.test(value) ? [`credential in ${variable}`] : [];
    }),
  ];
}

describe("compose.dev.yaml", () => {
  const text = readFileSync("compose.dev.yaml", "utf8");

  it("pins, bounds and checks every service, and holds no credential", () => {
    expect(problemsOf(text)).to.deep.equal([]);
  });

  it("has what the services talk to, on ports that do not collide", () => {
    const { services, volumes, configs } = parse(text, { merge: true }) as {
      services: Record<string, Service>;
      volumes: object;
      configs: { databases: { content: string } };
    };
    expect(Object.keys(services)).to.deep.equal([
      ...["postgres", "redis", "rabbitmq", "kafka", "minio", "mlflow", "weaviate", "chrome"],
      "mail",
    ]);
    const ports = Object.values(services).flatMap(({ ports = [] }) =>
      ports.map((port) => port.split(":")[1]),
    );
    expect(new Set(ports).size).to.equal(ports.length);
    // Those of the services themselves, which developers run beside it.
    for (const own of ["80", "3000", "3001", "8000", "8001"]) expect(ports).not.to.include(own);
    const named = Object.values(services).flatMap(({ volumes = [] }) =>
      volumes.map((volume) => volume.split(":")[0] ?? ""),
    );
    expect(Object.keys(volumes)).to.have.members(named);
    for (const database of ["relaycore", "neuroweaver", "mlflow"])
      expect(configs.databases.content).to.contain(`CREATE DATABASE ${database};`);
  });

  it("carries every digest that is locked", () => {
    const { images } = readLock(".");
    for (const [, image = "", digest] of text.matchAll(/^ +image: ([^\s@]+)(?:@(\S+))?$/gm))
      expect(digest, image).to.equal(images[image]?.digest);
  });

  it("leaves the developer's own values to a file that Git ignores", () => {
    expect(readFileSync(".gitignore", "utf8").split("\n")).to.include(".env");
  });

  it("would be refused if it were not so", () => {
    const bad = [
      "services:",
      "  db:",
      "    image: postgres:latest",
      "    privileged: true",
      "    ports: ['5432:5432']",
      "    volumes: ['/var/run/docker.sock:/var/run/docker.sock']",
      "    environment:",
      "      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:-secret}",
      "      DATABASE_URL: postgresql://auterity:secret@db/auterity",
    ].join("\n");
    expect(problemsOf(bad)).to.deep.equal([
      "db: writable without a reason",
      "db: new privileges",
      "db: capabilities",
      "db: port 5432:5432",
      "db: volume /var/run/docker.sock:/var/run/docker.sock",
      "db: no health check",
      "db: no limits",
      "db: image postgres:latest",
      "db: value of POSTGRES_PASSWORD",
      "db: credential in DATABASE_URL",
    ]);
  });
});
