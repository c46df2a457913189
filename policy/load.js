/* eslint-disable @typescript-eslint/no-require-imports, no-undef -- the one CommonJS file: the engine requires it */
// The engine's own TypeScript loader checks the types of the whole pack, with both SDKs, each time it starts.
// Types are checked once, by `npm run check`; here they are only stripped. The SDK comes first: what is loaded
// after tsx passes through it, which doubles the time for the SDK's thousand files.
require("@pulumi/policy");
require("tsx/cjs");
require("./index.ts");
