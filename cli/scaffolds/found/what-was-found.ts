import type { Health } from "../../../model/words/answer.ts";
import type { Measured } from "../../../model/words/promise.ts";
import type { Source } from "../../../model/words/source.ts";
import type { Said } from "../../../toolchain/foreign/dockerfile/what-it-says.ts";
import { frameworkOf } from "./frameworks.ts";
import { grpcServices } from "./grpc-services.ts";
import { healthOf } from "./health.ts";
import { firstMatch, type SourceFile } from "./source-files.ts";

/** What a first look at a program gives for its entry. */
export interface Found {
  readonly source: Source;
  /** Null where nothing says that it answers anybody. */
  readonly answers: { readonly protocol: "http" | "grpc"; readonly listens: number; readonly known?: number } | null;
  /** Full names of the gRPC services that it serves. */
  readonly services: readonly string[];
  readonly health: Health;
  readonly measured: Measured | null;
  readonly needs: { readonly user?: number; readonly memory?: string; readonly startsWithin?: string };
  /** What was seen, and where. */
  readonly seen: readonly string[];
  /** What nobody can see from outside, or only guess. */
  readonly open: readonly string[];
}

/** What an image says of its start: a Dockerfile, or the configuration of a ready one. */
export type Start = Pick<Said, "user" | "ports" | "entrypoint" | "command" | "variables">;

/** Puts together what image and sources say. */
export function whatWasFound(source: Source, start: Start, files: readonly SourceFile[]): Found {
  const known = frameworkOf(files);
  const { health, because } = healthOf(files, known?.framework);
  const port = portOf(start, files, known?.framework.portPattern, known?.framework.port);
  const answers = port && { protocol: known?.framework.protocol ?? ("http" as const), listens: port.number };
  const user = userOf(start.user);
  const { variables, text: reads } = readVariables(files);
  return {
    source,
    answers: answers ?? null,
    services: answers?.protocol === "grpc" ? grpcServices(files) : [],
    health,
    measured: measuredOf(files, answers?.protocol),
    needs: {
      ...(user.number !== undefined && { user: user.number }),
      ...(known?.framework.slowStart && { memory: "512Mi", startsWithin: "3m" }),
    },
    seen: [
      ...(known ? [`${known.path}: ${known.framework.name}`] : []),
      ...(port ? [`port ${port.number}: ${port.because}`] : []),
      ...startOf(start),
      `health: ${because}`,
    ],
    open: [
      ...(port
        ? []
        : ["whether it answers anybody: nothing names a port, so it is a worker here; a service has `answers`"]),
      ...(known?.framework.slowStart ? ["how long it starts and what memory it takes: both are guesses"] : []),
      ...user.open,
      ...(variables.length > 0 ? [`what it reads; its sources name ${reads}: write them under \`reads\``] : []),
      "whom it calls, which stores it uses, which third parties it asks: `calls`, `uses`, `outside`; nothing else is let through",
      "what it promises: `slo`; and whether it is critical: `tier`",
    ],
  };
}

function portOf(
  { ports, command, entrypoint, variables }: Start,
  files: readonly SourceFile[],
  pattern: RegExp | undefined,
  usual: number | undefined,
): { number: number; because: string } | undefined {
  const line = [entrypoint, command].flatMap((words) => words ?? []).join(" ");
  const [, told] = /(?:--(?:server\.)?port[= ]|--bind[= ]\S*:|-b \S*:)(\d{2,5})/.exec(line) ?? [];
  if (told !== undefined) return { number: Number(told), because: "its command says so" };
  const set = /^(?:.*:)?(\d{2,5})$/.exec(
    variables["PORT"] ??
      variables["ASPNETCORE_HTTP_PORTS"] ??
      variables["ASPNETCORE_URLS"] ??
      variables["SERVER_PORT"] ??
      "",
  )?.[1];
  if (set !== undefined) return { number: Number(set), because: "a variable of the image says so" };
  if (ports[0] !== undefined) return { number: ports[0], because: `EXPOSE ${ports.join(" ")}` };
  const written = pattern && firstMatch(files, pattern);
  const digits = written?.match.slice(1).find((group) => group !== undefined);
  if (written && digits !== undefined) return { number: Number(digits), because: written.path };
  return usual === undefined
    ? undefined
    : { number: usual, because: "the usual one of such programs; nothing says it" };
}

function startOf({ entrypoint, command }: Start): string[] {
  const words = [entrypoint, command].flatMap((part) => part ?? []).join(" ");
  return words === "" ? [] : [`starts ${words}`];
}

function userOf(user: string | undefined): { number?: number; open: string[] } {
  const [name = ""] = (user ?? "").split(":", 1);
  if (/^[1-9]\d*$/.test(name)) return { number: Number(name), open: [] };
  const who =
    name === "" || name === "root" || name === "0" ? "as root" : `as "${name}", whose number only the image knows`;
  return {
    open: [
      `who it runs as: the image starts ${who}, here it is user 10001; \`needs.user\` says another, \`needs.writes\` what it writes beside /tmp`,
    ],
  };
}

function measuredOf(files: readonly SourceFile[], protocol: "http" | "grpc" | undefined): Measured | null {
  if (protocol === undefined) return null;
  if (firstMatch(files, /micrometer-registry-prometheus/))
    return { prometheus: "micrometer", path: "/actuator/prometheus" };
  return "gateway";
}

/** How the languages ask for a variable; Spring writes them into its settings. */
const READS =
  /(?:os\.environ(?:\.get\(|\[)|os\.getenv\(|os\.Getenv\(|os\.LookupEnv\(|System\.getenv\(|GetEnvironmentVariable\(|process\.env(?:\.|\[))["']?([A-Z][A-Z0-9_]+)|\$\{([A-Z][A-Z0-9_]+)(?::[^}]*)?\}/g;
const MOST_NAMED = 20;

function readVariables(files: readonly SourceFile[]): { variables: string[]; text: string } {
  const names = files.flatMap(({ text }) =>
    [...text.matchAll(READS)].map(([, asked, written]) => asked ?? written ?? ""),
  );
  const variables = [...new Set(names)].filter((name) => name !== "PORT").toSorted();
  const more = variables.length > MOST_NAMED ? ` and ${variables.length - MOST_NAMED} more` : "";
  return { variables, text: `${variables.slice(0, MOST_NAMED).join(", ")}${more}` };
}
