import { type ArgsDef, type CommandDef, renderUsage } from "citty";
import { own } from "../../model/harmless/own.ts";
import { visible } from "../../model/harmless/visible.ts";
import { nearest } from "../../model/nearest.ts";
import { UserError } from "./user-error.ts";

/** A command with what stands behind its name on the command line. */
interface Named {
  readonly name: string;
  readonly command: CommandDef;
  readonly parent: CommandDef;
  readonly line: readonly string[];
}

/** Read their own options, and say more about themselves than a list of them. */
const OWN_OPTIONS: readonly string[] = ["check", "adopt"];
/** Every command shows the stack of an unexpected error with it. */
const EVERYWHERE = ["verbose"];

/**
 * What the line asks for instead of being run: the usage of its command, or null. Throws for an option that the command does not have:
 * without a word it would run, and not do what was meant.
 */
export async function usageAskedFor(main: CommandDef, rawArgs: readonly string[]): Promise<string | null> {
  const { name, command, parent, line } = await named(main, rawArgs);
  if (OWN_OPTIONS.includes(name)) return null;
  if (line.includes("--help") || line.includes("-h")) return renderUsage(command, parent);
  if (command.subCommands) return null; // no command is named yet
  const args = (await resolved(command.args)) ?? {};
  const known = [
    ...Object.keys(args),
    ...Object.keys(args)
      .filter((key) => args[key]?.type === "boolean")
      .map((key) => `no-${key}`),
    ...Object.values(args).flatMap((arg) => ("alias" in arg ? (arg.alias ?? []) : [])),
    ...EVERYWHERE,
  ];
  const unknown = optionsIn(line, args).filter((option) => !known.includes(option));
  if (unknown.length === 0) return null;
  throw new UserError(
    unknown
      .map((option) => {
        const guess = nearest(option, known);
        return `slipway ${name}: --${option} is no option of this command${guess ? ` (did you mean "--${guess}"?)` : ""}. Next: npx slipway ${name} --help`;
      })
      .join("\n"),
  );
}

/** The command that a line names, such as "slipway cluster up"; as far as it names one. */
export async function commandIn(main: CommandDef, rawArgs: readonly string[]): Promise<string> {
  return `slipway ${(await named(main, rawArgs)).name}`.trim();
}

/** Follows the names of commands as deep as they go. */
async function named(command: CommandDef, line: readonly string[], parent = command, name = ""): Promise<Named> {
  const at = line.findIndex((word) => !word.startsWith("-"));
  const word = line[at] ?? "";
  const commands = (await resolved(command.subCommands)) ?? {};
  const next = await resolved(own(commands, word));
  if (next === undefined && word !== "" && command.subCommands) throw unknownCommand(name, word, Object.keys(commands));
  return next ? named(next, line.slice(at + 1), command, `${name} ${word}`.trim()) : { name, command, parent, line };
}

function unknownCommand(below: string, word: string, known: readonly string[]): UserError {
  const guess = nearest(word, known);
  const at = `slipway ${below}`.trim();
  return new UserError(
    `${at}: "${visible(word)}" is no command${guess ? ` (did you mean "${guess}"?)` : ""}. Next: npx ${at} --help`,
  );
}

/** Names of the options in a line; a text after one of them is its value, whatever it looks like. */
function optionsIn(line: readonly string[], args: ArgsDef): string[] {
  const options: string[] = [];
  for (let at = 0; at < line.length && line[at] !== "--"; at++) {
    const [, option, value] = /^--?([^-=][^=]*)(=.*)?$/.exec(line[at] ?? "") ?? [];
    if (option === undefined) continue;
    options.push(option);
    if (value === undefined && own(args, option)?.type === "string") at++;
  }
  return options;
}

async function resolved<T>(value: T | Promise<T> | (() => T | Promise<T>)): Promise<T> {
  return typeof value === "function" ? (value as () => T | Promise<T>)() : value;
}
