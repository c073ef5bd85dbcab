import type { Ground } from "../ground.ts";
import type { LoadRequest } from "../load/plan.ts";

const OK = [200];

/** What users read, in turn. */
export function reads({ traffic }: Pick<Ground, "traffic">): LoadRequest[] {
  return traffic.reads.map((path) => ({ method: "GET", path, body: null, answers: OK, mayRefuse: false, key: null }));
}

/** The request that makes something; with `mayRefuse`, turning users away politely counts as an answer. Empty where the system takes none. */
export function writes({ traffic }: Pick<Ground, "traffic">, mayRefuse = false): LoadRequest[] {
  if (traffic.write === null) return [];
  const { method, path, body, acknowledged, key } = traffic.write;
  return [{ method, path, body, answers: [acknowledged], mayRefuse, key }];
}
