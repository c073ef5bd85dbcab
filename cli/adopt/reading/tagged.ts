import { Type } from "js-yaml";

/** A value behind one of the tags by which Compose says how it is merged. */
export class Tagged {
  readonly tag: "reset" | "override";
  readonly inner: unknown;

  constructor(tag: "reset" | "override", inner: unknown) {
    this.tag = tag;
    this.inner = inner;
  }
}

const KINDS = ["scalar", "sequence", "mapping"] as const;

/** `!reset` and `!override` for a reader of YAML, which otherwise refuses tags that it does not know. */
export const COMPOSE_TAGS: readonly Type[] = (["reset", "override"] as const).flatMap((tag) =>
  KINDS.map(
    (kind) => new Type(`!${tag}`, { kind, resolve: () => true, construct: (inner: unknown) => new Tagged(tag, inner) }),
  ),
);
