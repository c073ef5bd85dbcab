/** Forms in which the words of a description are written, as data: the same value checks a description and has its type. */
export type Shape =
  /** Text that other checks read further, such as a name, a duration or a size. */
  | { readonly form: "text"; readonly example: string }
  /** A sentence for people; never blank. */
  | { readonly form: "sentence"; readonly example: string }
  | { readonly form: "number"; readonly whole: boolean; readonly example: number }
  | { readonly form: "flag" }
  /** One of a few words. */
  | { readonly form: "choice"; readonly words: readonly string[] }
  | { readonly form: "list"; readonly each: Shape }
  /** Entries under names that the writer chooses; `some` where the compiler knows the names and each may be left out. */
  | { readonly form: "table"; readonly each: Shape; readonly example: string; readonly some: boolean }
  /** A fixed set of words; `open` where others may stand beside them, as in a JSON schema. */
  | { readonly form: "group"; readonly words: Words; readonly open: boolean }
  | { readonly form: "either"; readonly of: readonly Shape[] }
  /** An object in somebody else's words. */
  | { readonly form: "foreign" };

/** The shapes of one form. */
export type Of<F extends Shape["form"]> = Extract<Shape, { readonly form: F }>;

/** The words of a group by their names. */
export type Words = Readonly<Record<string, Shape | Optional>>;

/** A word that may be left out. */
export interface Optional<S extends Shape = Shape> {
  readonly form: "optional";
  readonly shape: S;
}

export const text = (example: string) => ({ form: "text", example }) as const;
export const sentence = (example: string) => ({ form: "sentence", example }) as const;
export const decimal = (example: number) => ({ form: "number", whole: false, example }) as const;
export const whole = (example: number) => ({ form: "number", whole: true, example }) as const;
export const flag = { form: "flag" } as const;
export const foreign = { form: "foreign" } as const;
export const choice = <const W extends string>(...words: readonly W[]) => ({ form: "choice", words }) as const;
export const list = <const S extends Shape>(each: S) => ({ form: "list", each }) as const;
export const table = <const S extends Shape>(example: string, each: S) =>
  ({ form: "table", each, example, some: false }) as const;
export const someOf = <const S extends Shape>(example: string, each: S) =>
  ({ form: "table", each, example, some: true }) as const;
export const group = <const W extends Words>(words: W) => ({ form: "group", words, open: false }) as const;
export const open = <const W extends Words>(words: W) => ({ form: "group", words, open: true }) as const;
export const either = <const S extends readonly Shape[]>(...of: S) => ({ form: "either", of }) as const;
export const optional = <const S extends Shape>(shape: S) => ({ form: "optional", shape }) as const;
