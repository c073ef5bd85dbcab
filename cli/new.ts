import { own } from "../model/harmless/own.ts";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { defineCommand } from "citty";
import { isDnsLabel } from "../model/names.ts";
import { systems } from "../systems/index.ts";
import { projectFolder } from "./project/project-folder.ts";
import { alert } from "./scaffolds/alert.ts";
import { policy } from "./scaffolds/policy.ts";
import type { Scaffold } from "./scaffolds/scaffold.ts";
import { foreignService } from "./scaffolds/foreign-service.ts";
import { service } from "./scaffolds/service.ts";
import { system } from "./scaffolds/system.ts";
import { UserError } from "./terminal/user-error.ts";
import { say } from "./terminal/say.ts";

/** Every kind that can be begun. */
const SCAFFOLDS: Readonly<Record<string, (names: readonly string[]) => Scaffold>> = { system, service, policy, alert };

/** Writes the files that a new system, service, policy or alert begins with. */
export const scaffold = defineCommand({
  meta: { name: "new", description: "Begin a new system, service, policy or alert" },
  args: {
    kind: { type: "positional", required: true, description: Object.keys(SCAFFOLDS).join(", ") },
    name: { type: "positional", required: true, description: "Its name; a service as <system>/<service>" },
    from: {
      type: "string",
      description: "A program that is there: its folder, Dockerfile or image",
      valueHint: "path",
    },
  },
  async run({ args }) {
    const make = own(SCAFFOLDS, args.kind);
    if (!make)
      throw new UserError(`slipway: cannot begin a "${args.kind}"; there are: ${Object.keys(SCAFFOLDS).join(", ")}.`);
    const names = args.name.split("/");
    const wrong = names.find((name) => !isDnsLabel(name));
    if (wrong !== undefined)
      throw new UserError(`slipway: "${wrong}" is no DNS label (lower-case letters, digits and "-", first a letter).`);
    const parts = args.kind === "service" ? 2 : 1;
    if (names.length !== parts)
      throw new UserError(
        `slipway: "${args.name}" has ${names.length} parts; a ${args.kind} is named ${parts === 2 ? "<system>/<service>" : "by one word, such as late-order"}.`,
      );
    if (args.from !== undefined && args.kind !== "service")
      throw new UserError(`slipway: --from is where the program of a service is; a ${args.kind} has none.`);
    const { files, lists, next } = await (args.from === undefined ? make(names) : foreignService(names, args.from));
    if (args.kind === "service") refuseTaken(names);
    refuseToOverwrite(Object.keys(files));
    for (const [path, content] of Object.entries(files)) write(path, content);
    for (const { path, after, line } of lists) insert(path, after, line);
    const written = new Set([...Object.keys(files), ...lists.map(({ path }) => path)]);
    say([...written].map((path) => `wrote ${path}`).join("\n"));
    say(next);
  },
});

function refuseToOverwrite(paths: readonly string[]): void {
  const taken = paths.filter((path) => existsSync(join(projectFolder, path)));
  if (taken.length > 0)
    throw new UserError(`slipway: ${taken.join(", ")} exists already; nothing was written. Choose another name.`);
}

/** A second entry of a name would silently take the place of the first. */
function refuseTaken([owner, name = ""]: readonly string[]): void {
  const system = systems.find((candidate) => candidate.name === owner);
  if (system && Object.hasOwn(system.services, name))
    throw new UserError(`slipway: ${owner} has a service "${name}" already; nothing was written. Choose another name.`);
}

function write(path: string, content: string): void {
  const file = join(projectFolder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** Adds lines behind the last line that matches, where a list must name the new file. */
function insert(path: string, after: RegExp, line: string): void {
  const lines = readFileSync(join(projectFolder, path), "utf8").split("\n");
  const index = lines.findLastIndex((candidate) => after.test(candidate));
  if (index < 0) throw new Error(`${path} has no line like ${after}; add "${line}" by hand`);
  lines.splice(index + 1, 0, line);
  write(path, lines.join("\n"));
}
