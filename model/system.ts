import type { SignIn } from "./words/access.ts";
import type { Declined } from "./words/declined.ts";
import type { Event } from "./words/event.ts";
import type { Part } from "./words/service.ts";
import type { ExistingStore, Store } from "./words/store.ts";

/*
 * The words in which a system is described: this file has the whole, `words/` its parts. Nothing here knows Kubernetes, AWS
 * or Pulumi.
 */

/** The public entry. */
export interface Entry {
  /** Requests a second that one client may make, and how many at once on top; up to three times as many while load has added gateways on AWS. */
  readonly rateLimit: { readonly perSecond: number; readonly burst: number };
  /** Largest request body. */
  readonly maxBody: string;
}

/** A whole system. */
export interface System<S extends string = string, E extends string = string, D extends string = string> {
  readonly name: string;
  readonly purpose: string;
  /** Team that answers for it. */
  readonly owner: string;
  /** Field that ties all events of one business case together; also the message key. Only where there are events. */
  readonly correlationKey?: string;
  readonly events?: { readonly [event in E]: Event<NoInfer<E>> };
  readonly stores?: { readonly [store in D]: Store | ExistingStore };
  readonly services: { readonly [service in S]: Part<NoInfer<S>, NoInfer<E>, NoInfer<D>> };
  /** Partitions of every topic of the system; default 6, at least the largest consumer's maximum replicas. */
  readonly partitions?: number;
  /** The public entry, or why nobody outside may ask. */
  readonly entry: Entry | Declined;
  /** Who signs callers in; only where a route asks who they are. */
  readonly signIn?: SignIn<NoInfer<S>>;
}

/**
 * Describes a system. It returns its argument unchanged: the work is done by the compiler, which refuses a call, an event,
 * a store or a fact of something that does not exist. What the compiler cannot see is found by `checkSystem`.
 */
export function defineSystem<const S extends string, const E extends string = never, const D extends string = never>(
  system: System<S, E, D>,
): System<S, E, D> {
  return system;
}
