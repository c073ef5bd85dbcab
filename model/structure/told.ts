import type { Optional, Shape, Words } from "./shape.ts";

/** The type of what is written in a form. */
export type Told<S> = S extends { readonly form: "text" | "sentence" }
  ? string
  : S extends { readonly form: "number" }
    ? number
    : S extends { readonly form: "flag" }
      ? boolean
      : S extends { readonly form: "choice"; readonly words: readonly (infer W)[] }
        ? W
        : S extends { readonly form: "foreign" }
          ? object
          : ToldTogether<S>;

type ToldTogether<S> = S extends { readonly form: "list"; readonly each: infer E }
  ? readonly Told<E>[]
  : S extends { readonly form: "table"; readonly each: infer E; readonly some: infer Some }
    ? Some extends true
      ? { readonly [name in string]?: Told<E> }
      : { readonly [name in string]: Told<E> }
    : S extends { readonly form: "group"; readonly words: infer W extends Words }
      ? ToldWords<W>
      : S extends { readonly form: "either"; readonly of: readonly (infer E)[] }
        ? ToldEach<E>
        : never;

type ToldEach<S> = S extends Shape ? Told<S> : never;
type Left<W> = { [name in keyof W]: W[name] extends Optional ? name : never }[keyof W];
type ToldWords<W extends Words> = One<
  { readonly [name in Exclude<keyof W, Left<W>>]: Told<W[name]> } & {
    readonly [name in Left<W>]?: W[name] extends Optional<infer S> ? Told<S> : never;
  }
>;
type One<T> = { [key in keyof T]: T[key] };

/** True when two types are the same in every word, `readonly` and `?` included; being assignable both ways would overlook a missing optional word. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** `true` when a form has the type of what it stands for, otherwise the words in which they differ. */
export type Agrees<S, T> = Same<Told<S>, T> extends true ? true : { readonly differ: Differing<Told<S>, T> };
type Differing<A, B> = {
  [name in keyof A | keyof B]: name extends keyof A & keyof B
    ? Same<Pick<A, name>, Pick<B, name>> extends true
      ? never
      : name
    : name;
}[keyof A | keyof B];

/** Refuses to compile what does not agree. */
export type Proof<T extends true> = T;
