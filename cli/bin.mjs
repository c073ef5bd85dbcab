#!/usr/bin/env node
// Entry of the `slipway` command. Runs on any Node.js that package.json names under `engines`, without dependencies: installs
// the packages of the lock file when they are not there, then hands over to the Node.js among them, which runs TypeScript as it is.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(project, "node_modules");
const stamp = join(modules, ".slipway-installed");
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "slipway");
const node = join(modules, `node-linux-${process.arch}`, "bin", "node");
/** What a process under the install lock is told to do. */
const INSTALL = "--install-packages";
/** Usual time of `npm ci` on two cores with nothing cached. */
const USUAL_SECONDS = 60;

const lockHash = () =>
  createHash("sha256")
    .update(readFileSync(join(project, "package-lock.json")))
    .digest("hex");

function installed() {
  try {
    if (!existsSync(node)) return false;
    if (existsSync(stamp) && readFileSync(stamp, "utf8") === lockHash()) return true;
    if (!fitsLockFile()) return false;
    writeStamp(); // somebody ran npm by hand: nothing is missing
    return true;
  } catch {
    return false;
  }
}

/** Compares what npm noted at the end of its work with the lock file; packages for other machines may be missing. */
function fitsLockFile() {
  const { packages: wanted } = JSON.parse(readFileSync(join(project, "package-lock.json"), "utf8"));
  const { packages: found } = JSON.parse(readFileSync(join(modules, ".package-lock.json"), "utf8"));
  return Object.entries(wanted).every(
    ([path, { version, optional, peer }]) =>
      path === "" || found[path]?.version === version || (!found[path] && (optional || peer)),
  );
}

function writeStamp() {
  const draft = `${stamp}.${process.pid}.tmp`;
  writeFileSync(draft, lockHash());
  renameSync(draft, stamp);
}

function fail(found, next) {
  console.error(`slipway: ${found}\nNext: ${next}`);
  process.exit(1);
}

/** Only one process installs; the kernel frees the lock however its holder ends. */
function installUnderLock() {
  mkdirSync(cache, { recursive: true });
  const lock = join(cache, `install-${createHash("sha256").update(project).digest("hex").slice(0, 12)}.lock`);
  const self = [process.execPath, fileURLToPath(import.meta.url), INSTALL];
  const result = spawnSync("flock", [lock, ...self], { stdio: "inherit" });
  const { status } = result.error ? spawnSync(self[0], self.slice(1), { stdio: "inherit" }) : result; // a machine without flock
  if (status !== 0) process.exit(status ?? 1);
}

async function install() {
  if (installed()) return; // another process did it while this one waited
  const started = Date.now();
  const elapsed = () => Math.round((Date.now() - started) / 1000);
  const terminal = process.stderr.isTTY && !process.env.CI && !process.env.NO_COLOR;
  const show = () =>
    process.stderr.write(
      terminal ? `\r\x1b[2KInstalling npm packages (${elapsed()} s, usually about ${USUAL_SECONDS} s)` : "",
    );
  process.stderr.write(terminal ? "" : `Installing npm packages (usually about ${USUAL_SECONDS} s)\n`);
  const timer = setInterval(show, 1000);
  const output = [];
  const child = spawn("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: project,
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => output.push(text));
  const code = await new Promise((done) => child.on("error", (error) => done(error.message)).on("close", done));
  clearInterval(timer);
  process.stderr.write(terminal ? "\r\x1b[2K" : "");
  if (code !== 0)
    fail(
      `npm ci ended with ${code}:\n${Buffer.concat(output)
        .toString()
        .trim()
        .replace(/[^\P{C}\n]/gu, "?")}`,
      "check the network and npm's registry setting (npm config get registry), then run the command again",
    );
  if (!existsSync(node))
    fail(
      `the packages of package-lock.json have no Node.js for linux-${process.arch}`,
      "use a Linux machine with an x64 or arm64 processor",
    );
  writeStamp();
  process.stderr.write(`Installed npm packages (${elapsed()} s)\n`);
}

/** The command itself, with our arguments, signals and exit code. */
function handOver() {
  const env = { NODE_COMPILE_CACHE: join(cache, "node-compile-cache"), NODE_USE_ENV_PROXY: "1", ...process.env };
  const child = spawn(
    node,
    ["--disable-warning=ExperimentalWarning", join(project, "cli", "main.ts"), ...process.argv.slice(2)],
    { stdio: "inherit", env },
  );
  // A terminal sends Ctrl-C to both; anything sent to this process alone is passed on.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(signal, () => (signal === "SIGINT" && process.stdin.isTTY ? undefined : child.kill(signal)));
  child.on("error", (error) =>
    fail(`${node} cannot be started: ${error.message}`, `delete ${modules} and run the command again`),
  );
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code);
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
}

const { engines } = JSON.parse(readFileSync(join(project, "package.json"), "utf8"));
const oldest = Number(/\d+/.exec(engines.node)[0]);
if (Number.parseInt(process.versions.node, 10) < oldest)
  fail(
    `this is Node.js ${process.versions.node}, and the command starts with ${oldest} or later`,
    `run it with a newer one; everything after its start runs on the Node.js that the project installs for itself`,
  );
if (process.platform !== "linux" || !["x64", "arm64"].includes(process.arch))
  fail(
    `this is ${process.platform} on ${process.arch}; slipway needs Linux on x64 or arm64`,
    "use a Linux machine, or a virtual one",
  );
if (process.argv[2] === INSTALL) {
  await install();
} else {
  if (!installed()) installUnderLock();
  handOver();
}
