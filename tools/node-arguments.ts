import { join } from "node:path";

/** How a command of this repository is started; the scripts in package.json say the same. */
export const nodeArguments: readonly string[] = ["--require", join(__dirname, "start.js")];
