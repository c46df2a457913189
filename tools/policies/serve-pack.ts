import * as command from "@pulumi/pulumi/cmd/run-policy-pack/run";

/** Not in the SDK's types. */
interface RunPolicyPack {
  run(options: {
    readonly argv: { readonly _: readonly string[] };
    readonly programStarted: () => void;
    readonly reportLoggedError: (error: Error) => void;
    readonly typeScript: boolean;
  }): Promise<unknown>;
}

/**
 * Runs a pack as the engine's own command `run-policy-pack` does, but for its TypeScript compiler: that one checks the
 * types of the whole pack at every start, and here the pack is compiled already.
 */
const [packDirectory = ""] = process.argv.slice(2);
void (command as unknown as RunPolicyPack).run({
  argv: { _: [packDirectory] },
  programStarted: () => undefined,
  reportLoggedError: () => {
    process.exitCode = 1;
  },
  typeScript: false,
});
