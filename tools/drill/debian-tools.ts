import { execFileSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cachedTool, MissingProgramError, type ToolContext } from "./tool-cache";

/**
 * Folder with the files of a package of the distribution, unpacked and not installed: no service of it starts, and no root
 * is needed where the lists of packages are there. As new as the distribution has it.
 * @throws MissingProgramError where there is no apt, or no such package.
 */
export function debianFiles(name: string, context: ToolContext): Promise<string> {
  const build = (folder: string): Promise<void> => {
    download(name, folder);
    for (const file of readdirSync(folder)) {
      if (!file.endsWith(".deb")) continue;
      execFileSync("dpkg-deb", ["--extract", join(folder, file), folder]);
      rmSync(join(folder, file));
    }
    return Promise.resolve();
  };
  return cachedTool(
    { name: `${name}-package`, key: [versionOf(name)], build, waits: false },
    { ...context },
  );
}

function versionOf(name: string): string {
  const ask = (): string | undefined => {
    const answer = apt(["apt-cache", "policy", name]) ?? "";
    const version = /Candidate: (\S+)/.exec(answer)?.[1];
    return version === "(none)" ? undefined : version;
  };
  const version = ask() ?? (apt(["apt-get", "update"]), ask());
  if (version === undefined)
    throw new MissingProgramError(`${name}: not found; it is a package of Debian and its kin`);
  return version;
}

function download(name: string, folder: string): void {
  const get = ["apt-get", "download", name] as const;
  if (apt(get, folder) !== undefined) return;
  apt(["apt-get", "update"]);
  if (apt(get, folder) === undefined)
    throw new MissingProgramError(`${name}: apt-get could not download it`);
}

/**
 * Installs a package of the distribution with what it needs; as root alone.
 * @throws MissingProgramError where that cannot be done.
 */
export function installPackage(name: string): void {
  const install = ["apt-get", "install", "-y", "--no-install-recommends", name] as const;
  apt(["apt-get", "update"]);
  if (apt(install) === undefined)
    throw new MissingProgramError(
      `${name} is not installed and apt-get could not install it; on Debian and its kin: apt-get install ${name}`,
    );
}

/** Drills run side by side, and each of them may be at it. */
const longestWaitSeconds = 300;
const pauseSeconds = 2;

/** What it wrote, or undefined if it failed or is not there. */
function apt([program, ...args]: readonly [string, ...string[]], cwd?: string): string | undefined {
  for (let waited = 0; ; waited += pauseSeconds)
    try {
      return execFileSync(program, args, {
        ...(cwd !== undefined && { cwd }),
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...process.env, LC_ALL: "C" },
      });
    } catch (error) {
      const { stderr = "" } = error as { readonly stderr?: string };
      if (!/could not get lock|unable to (lock|acquire)/i.test(stderr)) return undefined;
      if (waited >= longestWaitSeconds) return undefined;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseSeconds * 1000);
    }
}
