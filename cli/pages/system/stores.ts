import type { SystemPlan } from "../../../model/plan.ts";
import type { StorePlan } from "../../../model/plan/stores.ts";
import type { WorkloadPlan } from "../../../model/plan/workload.ts";
import { table } from "../table.ts";

/** What is kept, how safely, and who may do what with it; those that are there already below. */
export function stores(plan: SystemPlan): string {
  return table(
    ["store", "kind", "keeps", "inside", "used by", "changed by", "connections at most"],
    [
      ...plan.stores.map((store) => [
        store.name,
        store.kind,
        store.keeps,
        inside(plan, store),
        users(plan.workloads, store.name),
        store.migrator === null ? "–" : `its migration, as ${store.migrator}`,
        String(store.maxConnections),
      ]),
      ...plan.existingStores.map(({ name, kind, setting, database, user, password }) => [
        name,
        `${kind}, there already`,
        "its owner knows",
        `${database} at the setting \`${setting}\`${login(user, password)}`,
        users(plan.workloads, name),
        "–",
        "–",
      ]),
    ],
  );
}

function inside({ messaging }: SystemPlan, { kind, database, extensions }: StorePlan): string {
  if (kind === "redis") return "–";
  if (kind !== "topic") return [database, ...extensions.map((extension) => `with ${extension}`)].join(", ");
  const topic = messaging.topics.find((one) => one.name === database);
  return topic ? `${topic.name}, ${topic.partitions} partitions` : "–";
}

function users(workloads: readonly WorkloadPlan[], store: string): string {
  const uses = workloads.flatMap(({ name, uses: all }) =>
    all.filter((use) => use.store === store).map((use) => ({ name, ...use })),
  );
  return uses.map(({ name, may, pool }) => `${name} (${may}, ${pool} connections)`).join(", ");
}

function login(user: string | null, password: string | null): string {
  if (user === null) return "";
  return ` as ${user}${password === null ? "" : ` with the secret ${password}`}`;
}
