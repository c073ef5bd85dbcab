import { declareDatabases } from "./database/declare-databases.ts";
import { declareTopics } from "./events/declare-topics.ts";
import { envReader } from "./process/env-reader.ts";
import { BadInput, DatabasesFile, readDeclaration, TopicsFile } from "./process/job-files.ts";
import { createLog, type Log } from "./process/log.ts";
import { readDatabase, readKafka } from "./process/settings.ts";
import { endOnUncaught } from "./process/stop.ts";

// Prepares what services need before they start: `job topics [file]`, `job databases [file]`. Safe to run twice.

async function run(command: string | undefined, file: string | undefined, log: Log): Promise<void> {
  const read = envReader(process.env);
  if (command === "topics") {
    const { topics } = readDeclaration(file ?? "/etc/slipway/topics.json", TopicsFile);
    const kafka = readKafka(read);
    refuse(read.faults);
    await declareTopics(kafka, topics, log);
  } else if (command === "databases") {
    const databases = readDeclaration(file ?? "/etc/slipway/databases.json", DatabasesFile);
    const admin = readDatabase(read, "");
    refuse(read.faults);
    await declareDatabases(admin, databases, process.env, log);
  } else {
    throw new BadInput(`found the command ${JSON.stringify(command ?? "")}, wanted topics or databases`);
  }
}

function refuse(faults: readonly string[]): void {
  if (faults.length > 0) throw new BadInput(faults.join("\n"));
}

const log = createLog({
  service: "job",
  version: process.env["VERSION"] ?? "0",
  logLevel: process.env["LOG_LEVEL"] ?? "info",
});
endOnUncaught(log);
try {
  await run(process.argv[2], process.argv[3], log);
} catch (error) {
  if (error instanceof BadInput) process.stderr.write(`${error.message}\n`);
  else log.error({ err: error }, "the job failed");
  process.exitCode = error instanceof BadInput ? 2 : 1;
}
