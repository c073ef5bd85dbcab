import type { MessageChannel } from "./message-channel.ts";
import type { NoticeKit } from "./notice-rows.ts";

/** Over half an hour with pauses that double from one second. */
const ATTEMPTS = 11;
const FIRST_PAUSE_MS = 1000;
/** A replica that dies while sending leaves the message to the others after this. */
const CLAIM_MS = 30_000;
const BATCH = 20;

/** Sends what is due. Each message is claimed before it is sent, so that two replicas do not send it both. */
export async function sendNext(kit: NoticeKit, channel: MessageChannel, now = Date.now()): Promise<void> {
  for (const notice of await claim(kit, now)) {
    const { noticeId, reservationId, about, phoneNumber, text } = notice;
    const sent = await channel.send({ noticeId, phoneNumber, text }).then(
      () => true,
      (error: unknown) => {
        kit.log.warn({ noticeId, err: error }, "message not sent");
        return false;
      },
    );
    await kit.transact(async ({ tx, emit }) => {
      const status = sent ? "SENT" : notice.attempts + 1 < ATTEMPTS ? "WAITING" : "FAILED";
      const dueAt = new Date(now + FIRST_PAUSE_MS * 2 ** notice.attempts);
      const change = { status, attempts: notice.attempts + 1, dueAt } as const;
      await tx.updateTable("notices").set(change).where("noticeId", "=", noticeId).execute();
      if (sent) await emit("SmsMessage", { reservationId, noticeId, about, channel: channel.name });
    });
  }
}

function claim(kit: NoticeKit, now: number) {
  return kit.transact(async ({ tx }) => {
    const due = tx
      .selectFrom("notices")
      .selectAll()
      .where("status", "=", "WAITING")
      .where("dueAt", "<=", new Date(now));
    const rows = await due.orderBy("dueAt").limit(BATCH).forUpdate().skipLocked().execute();
    const ids = rows.map(({ noticeId }) => noticeId);
    if (ids.length > 0)
      await tx
        .updateTable("notices")
        .set({ dueAt: new Date(now + CLAIM_MS) })
        .where("noticeId", "in", ids)
        .execute();
    return rows;
  });
}
