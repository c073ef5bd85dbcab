import type { SignIn } from "./words/access.ts";
import type { Event } from "./words/event.ts";
import type { Part } from "./words/service.ts";
import type { ExistingStore, Store } from "./words/store.ts";
import type { Entry, System } from "./system.ts";
import type { Declined } from "./words/declined.ts";

/*
 * A description that is not finished: what only people know may still be missing. It is refused like every other until
 * somebody has said it, so nothing runs on a guess.
 */

/** Words that a draft may leave open: promises, reasons and rights, and what no file of the program says. */
type Open =
  | ("purpose" | "owner" | "entry" | "tier" | "slo" | "reason" | "onFailure" | "transactional" | "may" | "keeps")
  | ("access" | "protocol" | "size" | "endsWithin" | "overlap" | "freshWithin" | "runs");

type Leaf = string | number | boolean | undefined | null;

/** The same words, with those that are open optional. */
export type Draft<T> = T extends Leaf
  ? T
  : T extends readonly (infer E)[]
    ? readonly Draft<E>[]
    : { readonly [K in keyof T as K extends Open ? never : K]: Draft<T[K]> } & {
        readonly [K in keyof T as K extends Open ? K : never]?: Draft<T[K]>;
      };

/** A system of which not everything is said yet. */
export interface DraftSystem<S extends string = string, E extends string = string, D extends string = string> {
  readonly name: string;
  readonly purpose?: string;
  readonly owner?: string;
  readonly correlationKey?: string;
  readonly events?: { readonly [event in E]: Event<NoInfer<E>> };
  readonly stores?: { readonly [store in D]: Draft<Store> | ExistingStore };
  readonly services: { readonly [service in S]: Draft<Part<NoInfer<S>, NoInfer<E>, NoInfer<D>>> };
  readonly partitions?: number;
  readonly entry?: Entry | Declined;
  readonly signIn?: SignIn<NoInfer<S>>;
}

/**
 * Describes a system that is not finished. The compiler holds it to its names as `defineSystem` does; what is left open is
 * told by `checkSystem`, each with what may be written there. Once nothing is open, write `defineSystem` instead.
 */
export function draftSystem<const S extends string, const E extends string = never, const D extends string = never>(
  draft: DraftSystem<S, E, D>,
): System<S, E, D> {
  return draft as System<S, E, D>; // what is missing is missing: checkSystem reads it as it is
}
