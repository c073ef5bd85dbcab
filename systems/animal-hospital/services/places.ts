import type { DiagnosisWork } from "./diagnosis-rows.ts";

/** What the doctors of this reference system can treat in a day. */
export const PLACES_A_DAY = 500;

/** Takes a place on a day; false when there is none left. */
export async function takePlace({ tx }: DiagnosisWork, day: string): Promise<boolean> {
  const known = await tx.selectFrom("days").select("taken").where("day", "=", day).forUpdate().executeTakeFirst();
  if (known === undefined) await tx.insertInto("days").values({ day, taken: 1 }).execute();
  else if (known.taken >= PLACES_A_DAY) return false;
  else
    await tx
      .updateTable("days")
      .set({ taken: known.taken + 1 })
      .where("day", "=", day)
      .execute();
  return true;
}

/** Gives a place back. */
export async function freePlace({ tx }: DiagnosisWork, day: string): Promise<void> {
  await tx
    .updateTable("days")
    .set((row) => ({ taken: row("taken", "-", 1) }))
    .where("day", "=", day)
    .execute();
}
