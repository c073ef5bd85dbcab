/** Whether `slipway check` reads files of 50 MB and 100,000 objects, and what that takes: `node bench/policies-large.ts`. It ends with exit code 1 when one is not read whole. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { basename, join } from "node:path";

const OBJECTS = 100_000;
const SIZE = 50_000_000; // bytes of each file, at least
const PADDING = "x".repeat(SIZE / OBJECTS - 150);
const folder = mkdtempSync(join(tmpdir(), "slipway-large-"));
/** Prints the processor time and the largest memory of a command when it ends. */
const WATCH =
  "data:text/javascript,process.on('exit',()=>process.stderr.write('used '+JSON.stringify(process.resourceUsage())))";

interface Service {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: object;
  readonly spec: object;
}
/** A Service that leads nowhere: each is one finding, so each is read twice. */
const service = (index: number): Service => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: `s${index}`, namespace: `n${index % 100}`, annotations: { about: PADDING } },
  spec: { ports: [{ port: 80 }], selector: { app: `s${index}` } },
});
const yaml = ({ apiVersion, kind, metadata, spec }: Service, first: string, rest: string): string =>
  `${first}apiVersion: ${apiVersion}\n${rest}kind: ${kind}\n${rest}metadata: ${JSON.stringify(metadata)}\n${rest}spec: ${JSON.stringify(spec)}\n`;
const resource = ({ metadata, spec }: Service, index: number): object => ({
  urn: `urn:pulumi:prod::p::kubernetes:core/v1:Service::s${index}`,
  type: "kubernetes:core/v1:Service",
  custom: true,
  inputs: { metadata, spec },
});
const services = Array.from({ length: OBJECTS }, (_, index) => service(index));

const FILES: Readonly<Record<string, () => string>> = {
  "documents.yaml": () => services.map((one) => yaml(one, "---\n", "")).join(""),
  "list.yaml": () => `apiVersion: v1\nkind: List\nitems:\n${services.map((one) => yaml(one, "- ", "  ")).join("")}`,
  "list.json": () => JSON.stringify({ apiVersion: "v1", kind: "List", items: services }, null, 1),
  "one-line.json": () => JSON.stringify(services),
  "lines.json": () => services.map((one) => JSON.stringify(one)).join("\n"),
  "state.json": () => JSON.stringify({ version: 3, deployment: { resources: services.map(resource) } }, null, 1),
  "one-value.yaml": () =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: large, namespace: shop }\ndata:\n  text: ${"x".repeat(SIZE)}\n`,
};

function check(file: string, wanted: number): void {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      "--disable-warning=ExperimentalWarning",
      "--import",
      WATCH,
      join(import.meta.dirname, "../cli/main.ts"),
      "check",
      file,
      "--format",
      "sarif",
    ],
    { encoding: "utf8", maxBuffer: 1024 ** 3 },
  );
  const found = stdout.split(`"ruleId"`).length - 1;
  const whole = found >= wanted && status === (wanted > 0 ? 1 : 0);
  if (!whole) process.exitCode = 1;
  const {
    userCPUTime = 0,
    systemCPUTime = 0,
    maxRSS = 0,
  } = JSON.parse(/used (.*)$/.exec(stderr)?.[1] ?? "{}") as Partial<NodeJS.ResourceUsage>;
  const figures = [
    `${(statSync(file).size / 1e6).toFixed(0)} MB`,
    `${found} findings`,
    `${((userCPUTime + systemCPUTime) / 1e6).toFixed(1)} s cpu`,
    `${(maxRSS / 1024).toFixed(0)} MiB`,
  ];
  console.log(
    `${basename(file).padEnd(16)} ${figures.map((figure) => figure.padStart(16)).join("")}${whole ? "" : `   NOT READ WHOLE: exit code ${status}, ${stderr.slice(0, 500)}`}`,
  );
}

try {
  console.log(`load of the machine ${loadavg()[0]?.toFixed(1)}`);
  for (const [name, content] of Object.entries(FILES)) {
    const file = join(folder, name);
    writeFileSync(file, content());
    check(file, name.startsWith("one-value") ? 0 : OBJECTS);
    rmSync(file);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
