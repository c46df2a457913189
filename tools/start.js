/* global module */
// Preloaded before any command (node --require ./tools/start.js tools/cli.ts): half of a plan's start-up time is here.
const Module = module.constructor;

// Compiled packages are kept on disk where Node can do that (from 22.1).
module.require("node:module").enableCompileCache?.();

const packages = /[\\/]node_modules[\\/]/;

// tsx compiles the project's own TypeScript. Packages are JavaScript already: with Node's own loader they load twice as fast.
const plain = { resolve: Module._resolveFilename, compile: Module._extensions[".js"] };
module.require("tsx/cjs");
const compiling = { resolve: Module._resolveFilename, compile: Module._extensions[".js"] };

Module._resolveFilename = function (request, parent, ...rest) {
  const own = !packages.test(parent?.filename ?? "");
  return (own ? compiling : plain).resolve.call(this, request, parent, ...rest);
};
Module._extensions[".js"] = function (loaded, filename) {
  const own = !packages.test(filename);
  return (own ? compiling : plain).compile.call(this, loaded, filename);
};

// What the SDKs load at their start and the program does not use, a third of the whole, is loaded at its first use: code
// for serialising functions (dynamic providers, inline Lambda code), the automation API, the first generation of awsx.
const loadedAtFirstUse = new Map([
  ["@npmcli/arborist", /[\\/]@pulumi[\\/]pulumi[\\/]/],
  ["typescript", /[\\/]@pulumi[\\/]pulumi[\\/]/],
  ["./automation", /[\\/]@pulumi[\\/]pulumi[\\/]index\.js$/],
  ["./classic", /[\\/]@pulumi[\\/]awsx[\\/]index\.js$/],
]);
const load = Module._load;

Module._load = function (request, parent, ...rest) {
  const requirer = loadedAtFirstUse.get(request);
  if (!requirer?.test(parent?.filename ?? "")) return load.call(this, request, parent, ...rest);
  let loaded;
  return new Proxy(
    {},
    {
      get(_target, key) {
        // Asked of every module at its import, and true of all of them.
        if (key === "__esModule") return true;
        loaded ??= load.call(Module, request, parent, ...rest);
        return loaded[key];
      },
    },
  );
};
