import type { Fact } from "../../words/value.ts";

/** What a store tells to one of its users. */
export type StoreFact = Extract<
  Fact,
  "host" | "port" | "address" | "url" | "name" | "user" | "password" | "dsn" | "jdbc" | "brokers" | "topic"
>;

/** A piece of a value that only the place where the system runs can fill in. */
export type Piece =
  | { readonly store: string; readonly fact: StoreFact | "tls" }
  | { readonly secret: string }
  /** Of the brokers of the system's own events. */
  | { readonly broker: "brokers" | "auth" }
  /** The address of the public entry, and where traces are sent, empty where there is none; whether somebody takes traces, as "true" or "false". */
  | { readonly place: "publicUrl" | "traces" | "tracesOn" | "tracesOff" };

/** What the pod itself knows: the build that runs in it, and its own name. */
export type PodFact = "version" | "replica";

/** The variables of one program. */
export interface Variables {
  /** Those that are known when the system is planned. */
  readonly settings: Readonly<Record<string, string>>;
  /** Those that are put together where the system runs; one with a secret in it is a secret. */
  readonly composed: Readonly<Record<string, readonly (string | Piece)[]>>;
  readonly ofPod: Readonly<Record<string, PodFact>>;
}

/** Facts that hold a password. */
const SECRET_FACTS: readonly string[] = ["password", "dsn"] satisfies readonly StoreFact[];

/** True for what must never be seen. */
export function isSecret(piece: string | Piece): boolean {
  if (typeof piece === "string") return false;
  return "secret" in piece || ("store" in piece && SECRET_FACTS.includes(piece.fact));
}

/** True for what is another one's where somebody else logs in. */
export function tellsWhoLogsIn(piece: string | Piece): boolean {
  return typeof piece !== "string" && "store" in piece && ["user", "password", "dsn"].includes(piece.fact);
}
