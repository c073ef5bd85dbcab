import type { Fault } from "../../fault.ts";
import type { System } from "../../system.ts";
import { checkAnswers } from "./answers.ts";
import { checkBeside } from "./beside.ts";
import { checkFiles } from "./files.ts";
import { checkHealth } from "./health.ts";
import { checkJobs } from "./job.ts";
import { checkMeasured } from "./measured.ts";
import { checkNeeds } from "./needs.ts";
import { checkReads } from "./reads.ts";
import { checkSecrets } from "./secrets.ts";
import { checkSources } from "./source.ts";

/** What is wrong with the programs themselves: where they come from, what they answer, read, need and show. */
export function checkProgram(system: System): Fault[] {
  return [
    ...checkSources(system),
    ...checkAnswers(system),
    ...checkHealth(system),
    ...checkMeasured(system),
    ...checkReads(system),
    ...checkSecrets(system),
    ...checkFiles(system),
    ...checkNeeds(system),
    ...checkBeside(system),
    ...checkJobs(system),
  ];
}
