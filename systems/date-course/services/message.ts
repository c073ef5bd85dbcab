import { randomUUID } from "node:crypto";
import Type, { type Static } from "typebox";
import { pageOf, PageQuery, readPage } from "../../../runtime/http/paging.ts";
import { runService } from "../../../runtime/service.ts";
import { Timestamp } from "../../../runtime/process/timestamp.ts";
import type { Work } from "../../../runtime/events/unit-of-work.ts";
import { events, Id } from "./events.ts";

const Message = Type.Object({
  messageId: Id,
  scheduleId: Id,
  customerId: Id,
  bookmarkYn: Type.Enum(["Y", "N"]),
  text: Type.String(),
  sentAt: Timestamp,
});

interface Tables {
  messages: Static<typeof Message>;
}

/** What customers are told; sending is being in the list of messages, which they read. */
const TEXTS = {
  registered: "You bookmarked this course.",
  customer: "You no longer bookmark this course.",
  "course deleted": "The host deleted this course; your bookmark is gone.",
};

async function send(
  { tx }: Work<Tables, typeof events, never>,
  { scheduleId, customerId }: { scheduleId: string; customerId: string },
  because: keyof typeof TEXTS,
): Promise<void> {
  const bookmarkYn = because === "registered" ? "Y" : "N";
  const text = TEXTS[because];
  const row = { messageId: randomUUID(), scheduleId, customerId, bookmarkYn, text, sentAt: new Date() } as const;
  await tx.insertInto("messages").values(row).execute();
}

await runService<Tables, typeof events, never>({
  events,
  correlationKey: "scheduleId",
  migrations: [
    {
      name: "message-1",
      statements: [
        `CREATE TABLE IF NOT EXISTS messages (message_id CHAR(36) PRIMARY KEY, schedule_id VARCHAR(36) NOT NULL,
    customer_id VARCHAR(36) COLLATE utf8mb4_bin NOT NULL, bookmark_yn CHAR(1) NOT NULL, text VARCHAR(100) NOT NULL, sent_at DATETIME(3) NOT NULL,
    KEY sent_at (sent_at), KEY customer_id (customer_id, sent_at))`,
      ],
    },
  ],
  handlers: {
    BookmarkRegistered: ({ data }, work) => send(work, data, "registered"),
    BookmarkCanceled: ({ data }, work) => send(work, data, data.because),
  },
  routes(app, { db }) {
    const Query = Type.Object({ ...PageQuery, customerId: Type.Optional(Id) }, { additionalProperties: false });
    app.get("/messages", { schema: { querystring: Query, response: { 200: pageOf(Message) } } }, async ({ query }) => {
      const all = db.selectFrom("messages");
      const found = query.customerId === undefined ? all : all.where("customerId", "=", query.customerId);
      return readPage(query, found.selectAll(), { time: "sentAt", id: "messageId" });
    });
  },
});
