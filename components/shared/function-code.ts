import * as pulumi from "@pulumi/pulumi";
import { buildSync } from "esbuild";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

/** Beside `components` in the sources and beside `dist` in the package: the same path from here in both. */
const functionsDirectory = resolve(__dirname, "..", "..", "functions");

/** The runtime that the bundles are made for; it brings the AWS SDK. @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html */
export const functionRuntime = "nodejs22.x";
const syntaxTarget = "node22";
const broughtByRuntime = ["@aws-sdk/*", "@smithy/*"];
/** Only asked for where it is installed. */
const optional = ["pg-native"];

const bundles = new Map<string, string>();

/**
 * Deployment package of the function in `functions/NAME`: one file, `index.js`, that exports `handler`, and beside it the
 * texts given, by name of file. The same sources give the same bytes wherever they lie, so that an update touches no function
 * that did not change.
 */
export function functionCode(
  name: string,
  files: Readonly<Record<string, string>> = {},
): pulumi.asset.AssetArchive {
  const assets = Object.entries({ ...files, "index.js": bundleFunction(name) }).map(
    ([file, text]) => [file, new pulumi.asset.StringAsset(text)] as const,
  );
  return new pulumi.asset.AssetArchive(Object.fromEntries(assets));
}

/** The JavaScript of the function in `functions/NAME`, with all that it imports but the AWS SDK. */
export function bundleFunction(name: string): string {
  const known = bundles.get(name);
  if (known !== undefined) return known;
  const bundle = build(name);
  bundles.set(name, bundle);
  return bundle;
}

function build(name: string): string {
  const entry = ["index.ts", "index.js"]
    .map((file) => join(functionsDirectory, name, file))
    .find((file) => existsSync(file));
  if (!/^[a-z][a-z0-9-]*$/.test(name) || entry === undefined)
    throw new Error(`function "${name}": there is no folder of that name with an index.ts`);
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    // Comments of the bundle name files relative to this.
    absWorkingDir: functionsDirectory,
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    target: syntaxTarget,
    external: [...broughtByRuntime, ...optional],
    // Stack traces stay readable, and a bundle is small as it is.
    minify: false,
    // Settings of whoever installed the package are none of this.
    tsconfigRaw: {},
    logLevel: "silent",
  });
  const [bundle] = outputFiles;
  if (bundle === undefined) throw new Error(`function "${name}": its bundle is empty`);
  return bundle.text;
}
