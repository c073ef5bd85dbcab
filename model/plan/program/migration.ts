import type { AnyPart } from "../../words/service.ts";
import { isOnKit, planWritten, type SourcePlan } from "./source.ts";
import type { UsePlan } from "../uses.ts";
import { SQL_KINDS } from "../uses.ts";

/** What brings tables to what the next version needs, before its rollout. */
export interface MigrationPlan {
  readonly run: readonly string[];
  /** Another image than the service's own; null for its own. */
  readonly source: SourcePlan | null;
}

/** How a program on the kit applies its own steps. */
const KIT: MigrationPlan = { run: ["node", "/app/service.mjs", "migrate"], source: null };

/** The migration of one part; null where it has none, or does it by itself. */
export function planMigration(part: AnyPart, uses: readonly UsePlan[]): MigrationPlan | null {
  const { migration } = part;
  if (migration === undefined) return isOnKit(part) && uses.some(({ kind }) => SQL_KINDS.includes(kind)) ? KIT : null;
  if (!("run" in migration)) return null;
  return { run: migration.run, source: migration.image ? planWritten(migration.image) : null };
}
