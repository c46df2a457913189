import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Drill, DrillContext } from "./registry";

/** Somebody else's program, in JavaScript and with nothing of this repository but the package. */
const program = `
const pulumi = require("@pulumi/pulumi");
let registered = 0;
pulumi.runtime
  .setMocks({
    newResource: ({ name, inputs }) => ((registered += 1), { id: name, state: inputs }),
    call: ({ inputs }) => inputs,
  })
  .then(async () => {
    const { ArgsError, ImageRegistry } = require("@auterity/platform");
    const alone = require("@auterity/platform/image-registry");
    const { FlowLogAnalysis } = require("@auterity/platform/flow-log-analysis");
    if (alone.ImageRegistry !== ImageRegistry) throw new Error("two copies of one component");
    const args = { region: "us-west-2", accountId: "123456789012", namespace: "shop" };
    new ImageRegistry("images", { ...args, repositories: ["api"] });
    // Has a function, whose code comes from the package too.
    new FlowLogAnalysis("shop", {
      ...args,
      environment: "test",
      flowLogBucketName: "logs",
      flowLogKeyArn: "arn:aws:kms:us-west-2:123456789012:key/logs",
      subnets: [{ cidrBlock: "10.0.0.0/24", tier: "private", zone: "us-west-2a" }],
      allowedFlows: [{ from: "private", to: "internet", protocol: "tcp", ports: [443] }],
      alarmTopicArn: "arn:aws:sns:us-west-2:123456789012:alarms",
    });
    await pulumi.runtime.disconnect();
    try {
      new ImageRegistry("images", { ...args, repositories: ["API"] });
    } catch (error) {
      if (error instanceof ArgsError) return console.log(registered);
      throw error;
    }
    throw new Error("bad arguments were accepted");
  });
`;

/** The same in TypeScript: the published types have to stand the strictest compiler. */
const typedProgram = `
import { SecureVpc, type SecureVpcArgs } from "@auterity/platform/secure-vpc";
const args: SecureVpcArgs = {
  region: "us-west-2",
  accountId: "123456789012",
  cidrBlock: "10.0.0.0/16",
  availabilityZones: ["us-west-2a", "us-west-2b"],
  flowLogRetentionDays: 30,
};
export const vpcId = new SecureVpc("network", args).vpcId;
// @ts-expect-error a zone layout is plain, because it decides how many subnets exist
new SecureVpc("network", { ...args, availabilityZones: Promise.resolve([]) });
`;

const compilerOptions = {
  strict: true,
  module: "nodenext",
  moduleResolution: "nodenext",
  target: "ES2022",
  skipLibCheck: true,
  noEmit: true,
  types: ["node"],
};

export const packageDrill: Drill = {
  name: "package",
  summary: "the components, packed and installed alone, serve another program",
  run: (context) => {
    const folder = mkdtempSync(join(tmpdir(), "auterity-package-"));
    try {
      const files = install(context, folder);
      checkFiles(files);
      context.held(
        `the package holds ${files.length} files: the components, their functions and nothing else`,
      );
      writeFileSync(join(folder, "program.js"), program);
      const registered = run(folder, process.execPath, ["program.js"]).trim();
      context.held(
        `a JavaScript program registers ${registered} resources with two components, one with a function, and is refused bad arguments`,
      );
      writeFileSync(join(folder, "program.ts"), typedProgram);
      writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
      run(folder, process.execPath, [join("node_modules", "typescript", "bin", "tsc"), "-p", "."]);
      context.held("a strict TypeScript program compiles against its types");
      return Promise.resolve();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Puts the packed package beside the packages that it depends on, as npm would; the files in it. */
function install({ projectDirectory }: DrillContext, folder: string): string[] {
  const packed = run(projectDirectory, "npm", [
    ...["pack", "--silent", "--json", "--pack-destination", folder],
  ]);
  // Scripts that run before packing may write to the output too: the document comes last.
  const [{ filename, files }] = JSON.parse(packed.slice(packed.lastIndexOf("\n[") + 1)) as [
    { filename: string; files: { path: string }[] },
  ];
  const modules = join(folder, "node_modules");
  const target = join(modules, "@auterity", "platform");
  mkdirSync(target, { recursive: true });
  run(folder, "tar", ["-xzf", filename, "-C", target, "--strip-components", "1"]);
  const installed = join(projectDirectory, "node_modules");
  for (const name of readdirSync(installed))
    if (!name.startsWith(".") && name !== "@auterity")
      symlinkSync(join(installed, name), join(modules, name));
  return files.map(({ path }) => path).sort();
}

function checkFiles(files: readonly string[]): void {
  const strangers = files.filter(
    (file) =>
      !/^(dist\/.*\.(js|d\.ts)|functions\/.*\.ts|package\.json|README\.md|LICENSE)$/.test(file),
  );
  if (strangers.length > 0)
    throw new Error(`the package holds what is no component: ${strangers.join(", ")}`);
}

function run(folder: string, command: string, args: readonly string[]): string {
  return execFileSync(command, args, {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}
