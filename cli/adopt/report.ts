import type { Fault } from "../../model/fault.ts";
import { shownPath } from "./reading/shown-path.ts";
import type { Described } from "./writing/describe.ts";
import { isQuestion, questionsOf } from "./writing/questions.ts";

/** What is said once the description is written: what it has, what it lacks, and each open question once. */
export function reportOf(described: Described, name: string, file: string): string {
  const { graph, faults } = described;
  const calls = graph.vertices.reduce((sum, vertex) => sum + vertex.calls.length, 0);
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? "" : "s"}`;
  return [
    `wrote ${shownPath(file)}: ${count(graph.vertices.length, "service")}, ${count(calls, "call")}, ${count(graph.stores.length, "store")}. What is not carried over stands in it as a comment with its place.`,
    ...renamed(described),
    ...secrets(described, name),
    ...existing(described),
    ...toMend(faults),
    ...questions(faults, name),
  ].join("\n");
}

function renamed({ graph }: Described): string[] {
  const changed = graph.vertices.filter(({ program, name }) => program.name !== name);
  return changed.length === 0
    ? []
    : [
        "Called otherwise here, because their names cannot be names of services; variables follow:",
        ...changed.map(({ program, name }) => `  ${program.name}: ${name}`),
      ];
}

function secrets({ secrets: names }: Described, system: string): string[] {
  return names.length === 0
    ? []
    : [
        "Secrets, whose values are not carried over:",
        ...names.map((secret) => `  npx slipway secret set ${system}/${secret}`),
      ];
}

function existing({ graph }: Described): string[] {
  const stores = graph.stores.filter(({ existing: isThere }) => isThere);
  return stores.length === 0
    ? []
    : [
        "Stores that Slipway does not make; where they are is a setting of each stack:",
        ...stores.map(
          ({ name, kind, known }) => `  pulumi config set stores:${name} HOST:${known.port ?? "PORT"}   # ${kind}`,
        ),
      ];
}

/** What cannot be as it is there, in the words of the check. */
function toMend(faults: readonly Fault[]): string[] {
  const others = faults.filter((fault) => !isQuestion(fault));
  return others.length === 0
    ? []
    : [
        "Not possible as it is there:",
        ...others.map(({ path, found, fix }) => `  ${path}: found ${found}; fix: ${fix}`),
      ];
}

const MOST_NAMED = 6;

function questions(faults: readonly Fault[], system: string): string[] {
  const asked = questionsOf(faults);
  if (asked.length === 0) return [`Nothing is open. Next: npx slipway plan ${system}`];
  return [
    "What no file says, and only people know:",
    ...asked.map(({ text, about }) => `  ${text} (${named(about)})`),
    `Write the answers into the description; npx slipway plan ${system} lists each with its place and what may stand there.`,
  ];
}

function named(about: readonly string[]): string {
  const more = about.length - MOST_NAMED;
  return more > 1 ? `${about.slice(0, MOST_NAMED).join(", ")} and ${more} more` : about.join(", ");
}
