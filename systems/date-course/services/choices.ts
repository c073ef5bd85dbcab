import type { CommunicationTables, CommunicationWork } from "./communication-rows.ts";
import { AT_ONCE, expectCourse } from "./deleted-courses.ts";

export type Kind = CommunicationTables["choices"]["kind"];
interface Wish {
  readonly scheduleId: string;
  readonly customerId: string;
  readonly kind: Kind;
}

/** Makes a choice of a customer what it shall be, and says so only where it was not: asked twice, or by many at once, it counts once. */
export async function choose(work: CommunicationWork, wish: Wish, chosen: "Y" | "N") {
  const { tx } = work;
  const { scheduleId, customerId, kind } = wish;
  await expectCourse(work, scheduleId);
  const begin = { ...wish, chosen: "N" as const, revision: 0, updatedAt: new Date() };
  await tx
    .insertInto("choices")
    .values(begin)
    .onDuplicateKeyUpdate(({ ref }) => ({ revision: ref("revision") })) // it is there: who comes second waits here
    .execute();
  const known = await tx
    .selectFrom("choices")
    .selectAll()
    .where("scheduleId", "=", scheduleId)
    .where("kind", "=", kind)
    .where("customerId", "=", customerId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return known.chosen === chosen ? known : change(work, known, chosen, "customer");
}

async function change(
  { tx, emit }: CommunicationWork,
  known: CommunicationTables["choices"],
  chosen: "Y" | "N",
  because: "customer" | "course deleted",
) {
  const { scheduleId, customerId, kind } = known;
  const revision = known.revision + 1;
  const news = { chosen, revision, updatedAt: new Date() };
  await tx
    .updateTable("choices")
    .set(news)
    .where("scheduleId", "=", scheduleId)
    .where("kind", "=", kind)
    .where("customerId", "=", customerId)
    .execute();
  const choice = { scheduleId, customerId, revision };
  if (kind === "bookmark" && chosen === "N") await emit("BookmarkCanceled", { ...choice, because });
  else if (kind === "bookmark") await emit("BookmarkRegistered", choice);
  else await emit(chosen === "Y" ? "LikeRegistered" : "LikeCanceled", choice);
  return { ...known, ...news };
}

/** Takes back a part of what was chosen and said of a deleted course; answers how much that was, 0 at the end. */
export async function takeBack(work: CommunicationWork, scheduleId: string): Promise<number> {
  const { tx, emit } = work;
  const choices = await tx
    .selectFrom("choices")
    .selectAll()
    .where("scheduleId", "=", scheduleId)
    .where("chosen", "=", "Y")
    .limit(AT_ONCE)
    .forUpdate()
    .execute();
  for (const choice of choices) await change(work, choice, "N", "course deleted");
  const comments = await tx
    .selectFrom("comments")
    .selectAll()
    .where("scheduleId", "=", scheduleId)
    .limit(AT_ONCE)
    .forUpdate()
    .execute();
  for (const { commentId, customerId, revision } of comments) {
    await tx.deleteFrom("comments").where("commentId", "=", commentId).execute();
    await emit("CommentDeleted", { scheduleId, commentId, customerId, revision: revision + 1 });
  }
  return choices.length + comments.length;
}
