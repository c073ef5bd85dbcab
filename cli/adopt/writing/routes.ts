import { isRoutePath } from "../../../model/check/edges/route.ts";
import type { Program, Published } from "../program.ts";
import { placeText } from "../reading/place.ts";
import type { AnswerFound } from "./answers.ts";

/** A public path of a service; who may call it is left open. */
export interface RouteFound {
  readonly path: string;
  readonly host?: string;
  readonly as?: string;
  readonly answer?: string;
  readonly because: string;
}

/** One program with what is needed to tell whether its ports are meant for the public. */
export interface Open {
  readonly program: Program;
  readonly name: string;
  readonly answers: readonly AnswerFound[];
  /** Whether anybody here calls it, and whether anybody does who is called too. */
  readonly isCalled: boolean;
  readonly isAsked: boolean;
}

/** Public paths of every service, and what was published and is none. */
export function routesOf(all: readonly Open[]): {
  readonly routes: ReadonlyMap<Program, readonly RouteFound[]>;
  readonly comments: ReadonlyMap<Program, readonly string[]>;
} {
  const routes = new Map<Program, RouteFound[]>();
  const comments = new Map<Program, string[]>();
  const taken = new Set<string>();
  const face = faceOf(all);
  // What is surely public has the first choice of a path.
  const asked = all.flatMap((open) => open.program.published.map((published) => ({ open, published })));
  for (const { open, published } of asked.toSorted((a, b) => Number(a.published.maybe) - Number(b.published.maybe))) {
    const { program, name } = open;
    const found = published.maybe && open !== face ? NOT_MEANT : routeOf(open, published);
    const add = (map: Map<Program, string[]>, text: string) =>
      void map.set(program, [...(map.get(program) ?? []), text]);
    if (typeof found === "string") {
      add(comments, `${published.because} (${placeText(published.at)}): ${found}`);
      continue;
    }
    const keyOf = (route: RouteFound) => `${route.host ?? ""} ${route.path}`;
    const own = routes.get(program) ?? [];
    if (own.some((route) => keyOf(route) === keyOf(found))) continue;
    const free = taken.has(keyOf(found)) ? { ...found, host: name } : found;
    taken.add(keyOf(free));
    routes.set(program, [...own, free]);
  }
  return { routes, comments };
}

const NOT_MEANT = "no route: it is there for people at work, as it seems; add one if the public needs it";
/** What people call the program that users talk to. */
const FACE = /front|web|\bui\b|gateway|proxy|nginx|ingress|edge|portal/i;

/** The one that is published for users, where ports are bound for people at work too: who nobody calls, or who is called so. */
function faceOf(all: readonly Open[]): Open | undefined {
  const speaksHttp = ({ answers, program }: Open) =>
    program.published.some(
      ({ port, maybe }) => maybe && answers.some(({ listens, protocol }) => listens === port && protocol === "http"),
    );
  const spoken = all.filter(speaksHttp);
  const open = spoken.filter(({ isCalled }) => !isCalled);
  const named = spoken.filter(({ name, isAsked }) => !isAsked && FACE.test(name));
  const surely = all.some(({ program }) => program.published.some(({ maybe }) => !maybe));
  return surely ? undefined : open.length === 1 ? open[0] : named.length === 1 ? named[0] : undefined;
}

function routeOf({ answers }: Open, { path, host, as, port, at, because, maybe }: Published): RouteFound | string {
  const answer = answers.find(({ listens }) => listens === port) ?? answers[0];
  if (answer === undefined) return "it answers nobody";
  if (answer.protocol === "tcp") return "the entry understands http and grpc alone";
  if (maybe && answer.protocol !== "http") return "no route: nothing says that it speaks http";
  if (maybe && answer !== answers.find(({ protocol }) => protocol === "http")) return NOT_MEANT;
  if (!isRoutePath(path)) return `no route: "${path}" is no path that can be one`;
  const isGrpc = answer.protocol === "grpc";
  return {
    path,
    ...(host !== undefined && { host }),
    ...(as !== undefined && !isGrpc && isRoutePath(as) && { as }),
    ...(answer !== answers[0] && { answer: answer.name }),
    because: `${because}, ${placeText(at)}`,
  };
}
