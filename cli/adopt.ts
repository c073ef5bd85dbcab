import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { defineCommand } from "citty";
import { type Asked, askedBy, USAGE } from "./adopt/asked.ts";
import { describedFrom } from "./adopt/described-from.ts";
import { shownPath } from "./adopt/reading/shown-path.ts";
import { reportOf } from "./adopt/report.ts";
import { identifierOf } from "./adopt/writing/label.ts";
import { descriptionText, doorsFrom } from "./adopt/writing/text.ts";
import { say } from "./terminal/say.ts";
import { UserError } from "./terminal/user-error.ts";

/** Writes the description of a system that runs already, from its files of Compose or its manifests. */
export const adopt = defineCommand({
  meta: { name: "adopt", description: "Describe what runs already, from Compose files or Kubernetes manifests" },
  args: {
    path: { type: "positional", description: "Compose file, its folder, or a folder of manifests", required: false },
    file: { type: "string", alias: "f", description: "Compose file; several lie over each other" },
    profile: { type: "string", description: "Profile of Compose whose services belong to it too" },
    "env-file": { type: "string", description: "Variables of Compose, in place of .env" },
    name: { type: "string", description: "Name of the system; default that of the project or the folder" },
    into: { type: "string", description: "Folder of the description; default this one" },
  },
  run({ rawArgs }) {
    const args = rawArgs.filter((arg) => arg !== "--verbose");
    if (args.includes("--help") || args.includes("-h")) return say(`${USAGE}\n${ABOUT}`);
    say(adopted(askedBy(args)));
  },
});

const ABOUT = `Writes FOLDER/system.ts: every service, who asks whom with the evidence beside it, stores by their images, passwords as secrets, and
what is not carried over as comments with their places. What only people know (promises, reasons, rights) is left open and asked at the end.
Nothing of the programs changes, no value of a secret is written, and no file is ever overwritten.
Exit codes: 0 written, 2 the input cannot be read; then nothing is written.`;

/** Reads, describes and writes. Throws every problem at once, and has written nothing then. */
function adopted(asked: Asked): string {
  const file = join(asked.into, "system.ts");
  if (existsSync(file))
    throw new UserError(
      `slipway adopt: ${shownPath(file)} exists already; nothing was written. Name another folder with --into.`,
    );
  const described = describedFrom(asked);
  const { name } = described.system;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, descriptionText(described, identifierOf(name), doorsFrom(file), asked.paths.map(shownPath)), {
    flag: "wx",
  });
  return reportOf(described, name, file);
}
