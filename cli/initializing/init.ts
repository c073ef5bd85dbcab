import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { defineCommand } from "citty";
import { isProject, USUAL_FOLDER } from "../../toolchain/roots/project.ts";
import { descriptionText, systemName } from "./description.ts";
import { foldersWithDockerfile } from "./dockerfiles.ts";
import { projectFiles } from "./project-files.ts";
import { workflowText } from "./workflow.ts";
import { writeNew } from "./write-new.ts";
import { say } from "../terminal/say.ts";
import { UserError } from "../terminal/user-error.ts";

const WORKFLOW = ".github/workflows/slipway.yml";

/** Writes a project beside somebody's code: its services stay where they are. */
export const init = defineCommand({
  meta: { name: "init", description: "Write a description and a Pulumi project beside the code that is here" },
  args: {
    folder: { type: "positional", description: "Where to", default: USUAL_FOLDER },
    name: { type: "string", description: "Name of the system; default that of this folder", valueHint: "name" },
  },
  async run({ args }) {
    const here = process.cwd();
    const project = resolve(args.folder);
    const taken = [here, project].find(isProject);
    if (taken !== undefined)
      throw new UserError(
        `slipway init: ${join(taken, "Pulumi.yaml")} is there already, so this is a project; nothing was written. Next: npx slipway plan, if it is Slipway's; another folder, if it is not: npx slipway init <folder>`,
      );
    const name = systemName(args.name ?? here);
    const programs = foldersWithDockerfile(here);
    const inside = (file: string) => relative(here, join(project, file));
    const files = {
      [inside("system.ts")]: await descriptionText(name, programs, project),
      ...Object.fromEntries(Object.entries(projectFiles(name)).map(([file, text]) => [inside(file), text])),
      ...(existsSync(join(here, ".git")) && { [WORKFLOW]: workflowText(relative(here, project) || ".") }),
    };
    writeNew(here, files);
    for (const file of Object.keys(files)) say(`  ${file}`);
    say(`${found(programs.length)} Next:
  cd ${relative(here, project) || "."} && npm install
  npx slipway plan            # what follows from the description, and what is still to be said
  npx slipway up dev          # on a real Kubernetes on this machine
  npx slipway preview prod    # all of production, without an account`);
  },
});

function found(programs: number): string {
  if (programs === 0) return "No Dockerfile was found here, so system.ts holds an example.";
  return `system.ts has an entry for ${programs === 1 ? "the folder" : `each of the ${programs} folders`} with a Dockerfile; what it cannot know stands there as a comment.`;
}
