import type { Fault } from "../../../model/fault.ts";

/** What is asked, by the word that is missing. */
const BY_WORD: Readonly<Record<string, string>> = {
  purpose: "what is it for, in one sentence?",
  owner: "which team answers for it?",
  entry: "how much may one client ask of the public entry (`rateLimit`, `maxBody`), or why may nobody?",
  tier: 'is it "critical" or "standard": who is woken, and how many replicas does prod keep?',
  slo: "what does it promise (availability, latency), or why nothing?",
  reason: "why can its caller not do without it?",
  onFailure: 'what does the caller do when it fails: "reject", "default" or "own"?',
  transactional: "must the caller's own change not stand without its yes?",
  may: 'may it "read", "write", or "change" the tables too?',
  keeps: 'what may be lost: nothing of "every write", the "last hour", or all ("nothing")?',
  access: 'who may call it: "anyone", or { signedIn: [scopes] }?',
  protocol: 'what does it speak: "http", "grpc" or "tcp"?',
  size: "how large is the folder?",
  runs: "when does it run?",
  endsWithin: "how long may a run take?",
  overlap: "what happens when a run is due while the last one still runs?",
  freshWithin: "when should somebody hear that it has not run?",
};
/** What is asked by faults that are no missing word. */
const BY_KIND: Readonly<Record<string, string>> = {
  "kept-by-missing": "keptBy: who ends a call that hangs: variables of the program (`settings`), or nobody, and why?",
  "shared-missing": "shared: why do two services hang on one store?",
  "health-missing": "health: how is it asked whether it is ready and alive, or why can it not be?",
  "measured-missing": "measured: where is its promise counted?",
  "change-without-migration": "migration: who changes its tables, and when?",
  "unreachable-service": "routes: who asks it? No route, caller or event leads to it",
  "no-entry": "routes: what may the public reach, or why is there no entry?",
};

/** One question, with everything that it is about. */
export interface Question {
  readonly text: string;
  readonly about: readonly string[];
}

/** True for a fault that only asks for what nobody can read in files. */
export function isQuestion({ kind, path }: Fault): boolean {
  return Object.hasOwn(BY_KIND, kind) || (kind === "missing-word" && Object.hasOwn(BY_WORD, wordOf(path)));
}

/** Every question once, in the order in which they are met. */
export function questionsOf(faults: readonly Fault[]): Question[] {
  const asked = Map.groupBy(
    faults.filter(isQuestion),
    ({ kind, path }) => BY_KIND[kind] ?? `${wordOf(path)}: ${BY_WORD[wordOf(path)]}`,
  );
  return [...asked].map(([text, all]) => ({ text, about: [...new Set(all.map(({ path }) => subjectOf(path)))] }));
}

function wordOf(path: string): string {
  return /(\w+)$/.exec(path)?.[1] ?? "";
}

/** `shop/front: calls.cart.reason` is about front → cart. */
function subjectOf(path: string): string {
  const [, service, place = ""] = /^[^/:]*(?:\/([^:]+))?: (.*)$/.exec(path) ?? [];
  const [word = "", name] = place.split(".");
  if (service === undefined) return word === "stores" ? (name ?? "") : "the system";
  return ["calls", "uses", "outside"].includes(word) && name !== undefined ? `${service} → ${name}` : service;
}
