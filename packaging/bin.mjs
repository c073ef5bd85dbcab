#!/usr/bin/env node
// Entry of the `slipway` command in the package. It starts on every Node.js there is, so that an old one is told in a sentence what it lacks.
import { readFileSync } from "node:fs";
import * as modules from "node:module";

const { engines } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));
const wanted = engines.node.replace(">=", "");
const number = (version) => {
  const [major, minor = 0] = version.split(".").map(Number);
  return major * 1000 + minor;
};

if (number(process.versions.node) < number(wanted)) {
  console.error(
    `slipway: this is Node.js ${process.versions.node}, and slipway needs ${wanted} or later.\nNext: install a newer one, such as by \`nvm install ${wanted.split(".")[0]}\`, then run the command again`,
  );
  process.exitCode = 1;
} else {
  const shown = process.listeners("warning");
  process.removeAllListeners("warning"); // that types are stripped is no news
  process.on("warning", (warning) => warning.name === "ExperimentalWarning" || shown.forEach((show) => show(warning)));
  if (modules.enableCompileCache !== undefined) modules.enableCompileCache();
  await import("./cli/main.js");
}
