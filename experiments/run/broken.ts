import { MANAGER } from "../cluster/cluster.ts";
import type { ApiCall, Ground, PodProcess } from "../ground.ts";

/** How something that was broken is put back: plain data, so that another process can do it. */
export type Undo =
  | { readonly kind: "api"; readonly calls: readonly ApiCall[] }
  | { readonly kind: "continue"; readonly process: PodProcess };

/** One thing that is broken on purpose. */
export interface Broken {
  readonly id: string;
  readonly experiment: string;
  /** For people: "payment of fishdelivery answers 5 s late". */
  readonly what: string;
  /** ISO 8601. */
  readonly since: string;
  readonly undo: Undo;
}

/** What is broken on purpose, written down before it is broken, where it outlives this process. */
export interface BrokenRecord {
  all(): readonly Broken[];
  add(broken: Broken): void;
  remove(id: string): void;
}

/** Seconds between two attempts to put something back, and how often it is tried: an API server that restarts is back by then. */
const PAUSE_MS = 2000;
const ATTEMPTS = 15;

/** Puts back everything that is recorded, the newest first. What was put back leaves the record; throws for what would not go. */
export async function repairAll(
  record: BrokenRecord,
  ground: Pick<Ground, "api" | "node">,
  told: (what: string) => void = () => undefined,
  pauseMs = PAUSE_MS,
): Promise<void> {
  const failures: string[] = [];
  for (const broken of record.all().toReversed()) {
    const failure = await patiently(() => undo(broken.undo, ground), pauseMs);
    if (failure === undefined) {
      record.remove(broken.id);
      told(broken.what);
    } else failures.push(`${broken.what}: ${failure}`);
  }
  if (failures.length > 0)
    throw new Error(
      `still broken on purpose, and not to be put back now:\n${failures.map((line) => `  ${line}`).join("\n")}`,
    );
}

async function patiently(attempt: () => Promise<void>, pauseMs: number): Promise<string | undefined> {
  for (let left = ATTEMPTS; ; left--) {
    try {
      await attempt();
      return undefined;
    } catch (error) {
      if (left <= 1) return error instanceof Error ? error.message : String(error);
      await new Promise((done) => setTimeout(done, pauseMs));
    }
  }
}

async function undo(undo: Undo, ground: Pick<Ground, "api" | "node">): Promise<void> {
  if (undo.kind === "continue") {
    if (ground.node === null) throw new Error("the process runs on another machine");
    ground.node.signal(undo.process, "SIGCONT"); // a process that is gone needs nothing
    return;
  }
  for (const call of undo.calls) {
    const { status, body } = await ground.api(call);
    if (status >= 300 && status !== 404)
      throw new Error(`${call.method} ${call.path} answered ${status} ${JSON.stringify(body)}`);
    if (status < 300 && call.method === "PATCH") await forget(call.path, body as Managed, ground);
  }
}

interface Managed {
  readonly metadata?: { readonly managedFields?: readonly { readonly manager: string }[] };
}

/** Fields that we have changed and put back are the engine's again: it would refuse to change what another claims. */
async function forget(path: string, { metadata }: Managed, ground: Pick<Ground, "api">): Promise<void> {
  const fields = metadata?.managedFields ?? [];
  const others = fields.filter(({ manager }) => manager !== MANAGER);
  if (others.length === fields.length) return;
  const body = { metadata: { managedFields: others } };
  const [bare = path] = path.split("?");
  const { status } = await ground.api({ method: "PATCH", path: bare, type: "merge-patch+json", body });
  if (status >= 300 && status !== 404) throw new Error(`the fields of ${bare} are still claimed (${status})`);
}
