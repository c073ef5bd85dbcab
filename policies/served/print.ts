/**
 * Prints `apis.json`: which release of Kubernetes serves which kind in which version, read from the published Go modules of its API.
 * Run it for a new release: `node policies/served/print.ts 1.36 > policies/served/apis.json`. Needs Go and its module proxy.
 */

import { execFileSync } from "node:child_process";
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServedApi, ServedApis } from "./apis.ts";

const OLDEST = 17; // the first release whose module every proxy still has
const MODULES = [
  ["k8s.io/api", "."],
  ["k8s.io/apiextensions-apiserver", "pkg/apis/apiextensions"],
  ["k8s.io/kube-aggregator", "pkg/apis/apiregistration"],
] as const;

const newest = Number(/^1\.(\d+)$/.exec(process.argv[2] ?? "")?.[1]);
if (!newest) throw new Error("say up to which release, such as 1.36");
const apis: Record<string, Record<string, ServedApi>> = {};
const folder = mkdtempSync(join(tmpdir(), "served-apis-"));
try {
  writeFileSync(join(folder, "go.mod"), "module served\ngo 1.24\n");
  for (let release = OLDEST; release <= newest; release += 1)
    for (const [module, inside] of MODULES) read(join(download(module, release), inside), release);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
endWhatIsGone();
const printed: ServedApis = { newest, apis };
process.stdout.write(`${JSON.stringify(printed)}\n`);

function download(module: string, release: number): string {
  const options = { cwd: folder, encoding: "utf8", env: { ...process.env, GOFLAGS: "-mod=mod" } } as const;
  const told = execFileSync("go", ["mod", "download", "-json", `${module}@v0.${release}.0`], options);
  return (JSON.parse(told) as { readonly Dir: string }).Dir;
}

function read(root: string, release: number): void {
  for (const file of globSync("{*,*/*}/register.go", { cwd: root })) {
    const text = readFileSync(join(root, file), "utf8");
    const group = /GroupName\s*=\s*"([^"]*)"/.exec(text)?.[1];
    const version = /SchemeGroupVersion\s*=\s*schema\.GroupVersion\{.*Version:\s*"(v[^"]*)"/.exec(text)?.[1];
    if (version === undefined || group === undefined) continue;
    const lifecycle = join(root, file.replace("register.go", "zz_generated.prerelease-lifecycle.go"));
    const life = existsSync(lifecycle) ? readFileSync(lifecycle, "utf8") : "";
    const kinds = (apis[group ? `${group}/${version}` : version] ??= {});
    for (const [, kind = ""] of text.matchAll(/^\s*&(\w+)\{\},/gm)) {
      if (/List$|Options$|^(Status|Scale|SerializedReference|RangeAllocation)$/.test(kind)) continue;
      kinds[kind] = {
        since: kinds[kind]?.since ?? introduced(life, kind) ?? release,
        ...ending(life, kind),
        last: release,
      };
    }
  }
}

function introduced(life: string, kind: string): number | undefined {
  return minorOf(life, kind, "Introduced");
}

function ending(life: string, kind: string): Pick<ServedApi, "deprecated" | "removed" | "by"> {
  const [deprecated, removed] = [minorOf(life, kind, "Deprecated"), minorOf(life, kind, "Removed")];
  const pattern = new RegExp(
    `\\*${kind}\\) APILifecycleReplacement[^]*?Group: "([^"]*)", Version: "([^"]*)", Kind: "([^"]*)"`,
  );
  const [, group = "", version, other] = pattern.exec(life) ?? [];
  return {
    ...(deprecated === undefined ? {} : { deprecated }),
    ...(removed === undefined ? {} : { removed }),
    ...(version === undefined ? {} : { by: `${group ? `${group}/` : ""}${version} ${other}` }),
  };
}

function minorOf(life: string, kind: string, step: string): number | undefined {
  const found = new RegExp(`\\*${kind}\\) APILifecycle${step}\\(\\)[^{]*\\{\\s*return 1, (\\d+)`).exec(life)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** What the newest module does not hold any more was removed with the release after its last; what the oldest holds was always there. */
function endWhatIsGone(): void {
  for (const kinds of Object.values(apis))
    for (const [kind, { since = 0, last = newest, ...api }] of Object.entries(kinds))
      kinds[kind] = {
        ...(since > OLDEST ? { since } : {}),
        ...api,
        ...(last < newest && api.removed === undefined ? { removed: last + 1 } : {}),
      };
}
