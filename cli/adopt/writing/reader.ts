import type { Graph, Vertex } from "../edges/graph.ts";
import type { Program } from "../program.ts";
import type { AnswerFound } from "./answers.ts";
import type { ThirdParty } from "./outside.ts";
import type { Secrets } from "./secrets.ts";

/** What is known while the variables of a service are written. */
export interface Reader {
  readonly vertex: Vertex;
  readonly graph: Graph;
  readonly answersOf: (program: Program) => readonly AnswerFound[];
  readonly outside: readonly ThirdParty[];
  readonly secrets: Secrets;
}
