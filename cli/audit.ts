import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defineCommand } from "citty";
import { standardProgress } from "../toolchain/machine/progress.ts";
import { askRegistry, type Heard } from "./audit/advisories.ts";
import { ADVISORY_EXCEPTIONS, LICENCE_EXCEPTIONS } from "./audit/allowed.ts";
import { withoutExceptions } from "./audit/exceptions.ts";
import { goObjections, readRecord, recordGoLicences } from "./audit/go-licences.ts";
import { ALLOWED_LICENCES } from "./audit/licence.ts";
import { npmObjections } from "./audit/npm-licences.ts";
import { projectFolder } from "./project/project-folder.ts";
import { say } from "./terminal/say.ts";
import { UserError } from "./terminal/user-error.ts";

/** Judges what this repository is made from: licences, and vulnerabilities that the registry of npm knows. */
export const audit = defineCommand({
  meta: { name: "audit", description: "Judge licences and known vulnerabilities of what this repository is made from" },
  args: {
    offline: { type: "boolean", description: "Licences only; do not ask the registry for vulnerabilities" },
    on: {
      type: "string",
      description: "Day by which exceptions are judged; today if left out",
      valueHint: "YYYY-MM-DD",
    },
    record: { type: "boolean", description: "First look up the licences of all Go modules again (fetches them)" },
  },
  async run({ args }) {
    if (args.record) await recordGoLicences(standardProgress());
    const today = dayOf(args.on);
    const { packages, objections } = npmObjections(readFileSync(join(projectFolder, "package-lock.json"), "utf8"));
    const licences = withoutExceptions([...objections, ...goObjections()], LICENCE_EXCEPTIONS, today);
    say(`licences: ${packages} packages of npm, ${readRecord().length} modules of Go: ${counted(licences)}`);
    if (licences.length > 0) say([...licences.map((line) => `  ${line}`), `  ${LICENCE_FIX}`].join("\n"));
    const heard = args.offline ? { objections: [] } : askRegistry(projectFolder);
    const vulnerable = "unheard" in heard ? [] : withoutExceptions(heard.objections, ADVISORY_EXCEPTIONS, today);
    say(`vulnerabilities: ${args.offline ? "not asked for (--offline)" : verdict(heard, vulnerable)}`);
    if (vulnerable.length > 0) say([...vulnerable.map((line) => `  ${line}`), `  ${ADVISORY_FIX}`].join("\n"));
    if (licences.length > 0 || vulnerable.length > 0 || "unheard" in heard) process.exitCode = 1;
  },
});

function dayOf(given = new Date().toISOString().slice(0, 10)): string {
  if (/^\d{4}-\d\d-\d\d$/.test(given)) return given;
  throw new UserError(`slipway audit: --on: found "${given}", allowed: a day such as 2027-01-31`);
}

const LICENCE_FIX = `allowed: ${ALLOWED_LICENCES}. Fix: another package, or an exception with its reason and its end in cli/audit/allowed.ts`;
const ADVISORY_FIX =
  "Fix: npm audit fix, or an exception with its reason and its end in cli/audit/allowed.ts, where it does not reach what is run here";

function verdict(heard: Heard, vulnerable: readonly string[]): string {
  if (!("unheard" in heard)) return counted(vulnerable);
  return `UNKNOWN, the registry was not heard (${heard.unheard}). Fix: ask one that answers (npm config set registry …), or leave it out on purpose: --offline`;
}

function counted(findings: readonly string[]): string {
  return findings.length === 0 ? "nothing against them" : `${findings.length} to look at`;
}
