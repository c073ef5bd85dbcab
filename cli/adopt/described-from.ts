import { UserError } from "../terminal/user-error.ts";
import { type Asked, folderName } from "./asked.ts";
import { readCompose } from "./compose/read-compose.ts";
import { readManifests } from "./manifests/read-manifests.ts";
import type { Adopted } from "./program.ts";
import { Problems } from "./reading/place.ts";
import { type Described, describe } from "./writing/describe.ts";
import { labelOf } from "./writing/label.ts";

/** The description of what a command line names. Throws every problem of its files at once. */
export function describedFrom(asked: Asked): Described {
  const problems = new Problems();
  const found = read(asked, problems);
  if (problems.all.length === 0 && found.programs.length === 0)
    problems.all.push(`${asked.paths.join(", ")}: no service in it`);
  if (problems.all.length > 0)
    throw new UserError(`slipway adopt: nothing was written.\n${problems.all.map((one) => `  ${one}`).join("\n")}`);
  const name = asked.name ?? labelOf(found.name ?? folderName(asked));
  const described = describe(name, found);
  const isTaken = described.faults.some(({ kind }) => kind === "system-name");
  // A name that somebody chose stays, and is told.
  return isTaken && asked.name === undefined ? describe(`${name}-system`, found) : described;
}

function read({ kind, paths, profiles, envFiles, into }: Asked, problems: Problems): Adopted {
  return kind === "compose"
    ? readCompose({ files: paths, profiles, envFiles, description: into }, problems)
    : readManifests(paths, problems);
}
