import { DEFAULTS } from "../../defaults.ts";
import { parseDuration } from "../../quantity.ts";
import type { AnyPart } from "../../words/service.ts";
import type { Migration } from "../../words/store.ts";
import { isOnKit, planWritten, type SourcePlan } from "./source.ts";
import type { UsePlan } from "../uses.ts";
import { SQL_KINDS } from "../uses.ts";

/** What brings tables to what the next version needs, before its rollout. */
export interface MigrationPlan {
  readonly run: readonly string[];
  /** Another image than the service's own; null for its own. */
  readonly source: SourcePlan | null;
  /** Longest time that one attempt may take. */
  readonly endsWithinSeconds: number;
}

/** How a program on the kit applies its own steps. */
const KIT: Extract<Migration, { readonly run: readonly string[] }> = { run: ["node", "/app/service.mjs", "migrate"] };

/** The migration of one part; null where it has none, or does it by itself. */
export function planMigration(part: AnyPart, uses: readonly UsePlan[]): MigrationPlan | null {
  const onKit = isOnKit(part) && uses.some(({ kind }) => SQL_KINDS.includes(kind));
  const migration = part.migration ?? (onKit ? KIT : undefined);
  if (migration === undefined || !("run" in migration)) return null;
  return {
    run: migration.run,
    source: migration.image ? planWritten(migration.image) : null,
    endsWithinSeconds: endsWithin(migration, part),
  };
}

/** Who starts slowly does so for a migration too. */
function endsWithin({ endsWithin: written = "" }: { readonly endsWithin?: string }, { needs }: AnyPart): number {
  const starts = parseDuration(needs?.startsWithin ?? "") ?? 0;
  const ends = parseDuration(written) ?? DEFAULTS.migration.endsWithinSeconds.value * 1000 + starts;
  return Math.ceil(ends / 1000);
}
