// Loaded before the pack. The SDK's launcher (run-policy-pack) always loads the TypeScript compiler and ts-node and type checks the
// pack; Node.js strips the types by itself, so both are kept out, and compiled code is kept for the next start.
const Module = require("node:module");

Module.enableCompileCache?.();
const load = Module._load;
Module._load = function loadWithoutCompiler(request, ...rest) {
  if (/(^|[\\/])typescript(@[\d.]+[\\/]typescript\.js)?$/.test(request)) return { version: "5.0.0" };
  if (/(^|[\\/])ts-node(@[\d.]+)?$/.test(request)) return { register() {} };
  if (request === "@npmcli/arborist") return {}; // half of the SDK's load time, for functions that run in a cloud
  return load.call(this, request, ...rest);
};
