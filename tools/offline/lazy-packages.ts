import Module from "node:module";

/**
 * The SDK loads these at its start, only to serialise functions (dynamic providers, inline Lambda code). The program
 * has none, and they are two thirds of the SDK's loading time, so they are loaded at their first use instead.
 */
const loadedAtFirstUse: ReadonlySet<string> = new Set(["@npmcli/arborist", "typescript"]);

type Load = (this: unknown, request: string, ...rest: unknown[]) => unknown;

const loader = Module as unknown as { _load: Load };
const load = loader._load;

loader._load = function (request, ...rest) {
  if (!loadedAtFirstUse.has(request)) return load.call(this, request, ...rest);
  let loaded: Record<string | symbol, unknown> | undefined;
  return new Proxy(
    {},
    {
      get: (_target, key) => {
        // Answered without loading: compiled code asks every module for it at import.
        if (key === "__esModule") return true;
        loaded ??= load.call(this, request, ...rest) as Record<string | symbol, unknown>;
        return loaded[key];
      },
    },
  );
};
