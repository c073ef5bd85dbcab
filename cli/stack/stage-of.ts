import { STAGES, type Stage } from "../../model/stage.ts";
import { settingsFile, writeSetting } from "../../model/setting-fix.ts";
import { projectFolder } from "../project/project-folder.ts";
import { UserError } from "../terminal/user-error.ts";
import { settingsHere } from "./settings-here.ts";

/** The stage of a stack: the one in its settings, else the one of its name. What else is in the settings is not judged. */
export function stageOf(stack: string): Stage {
  const named = settingsHere(projectFolder, stack)["slipway:stage"] ?? stack;
  const stage = STAGES.find((candidate) => candidate === named);
  if (stage) return stage;
  throw new UserError(
    `slipway: stack "${stack}" has no stage: found ${JSON.stringify(named)}, allowed: ${STAGES.join(", ")}. Fix: ${writeSetting(settingsFile(stack), "slipway:stage", STAGES[0])}.`,
  );
}
