/** The catalogue of events that a ConfigMap holds: who says what, who listens, what takes it back. */

import type { Resource } from "../../resources/resource.ts";

export interface Event {
  readonly name?: string;
  readonly producer?: string;
  readonly consumers?: readonly string[];
  readonly fields?: readonly string[];
  readonly undoneBy?: string | null;
  /** Why nobody listens; `true` in catalogues that give no reason. */
  readonly terminal?: string | boolean | null;
}
export interface Catalogue {
  readonly correlationKey?: string;
  readonly envelope?: readonly string[];
  readonly events?: readonly Event[];
}
/** A ConfigMap that may hold the catalogue. */
export type Document = Resource<{ readonly data?: Readonly<Record<string, string>> }>;
/** The key under which a ConfigMap holds it. */
export const FILE = "events.json";

/** The event catalogue that a ConfigMap holds, if it holds one. */
export function catalogueIn({ props }: Document): Catalogue | undefined {
  const text = props.data?.[FILE];
  if (text === undefined) return undefined;
  const value: unknown = JSON.parse(text);
  return Array.isArray(value) ? { events: value as Event[] } : (value as Catalogue);
}

/** True when an event says why nobody listens. */
export function isTerminal(terminal: Event["terminal"]): boolean {
  return typeof terminal === "string" ? terminal.trim() !== "" : terminal === true;
}
