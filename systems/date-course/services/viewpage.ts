import Type, { type Static } from "typebox";
import { EarlyEvent } from "../../../runtime/events/inbox.ts";
import { pageOf, PageQuery, readPage } from "../../../runtime/http/paging.ts";
import { notFound } from "../../../runtime/http/refusal.ts";
import { runService } from "../../../runtime/service.ts";
import type { Event } from "../../../runtime/events/envelope.ts";
import { Timestamp } from "../../../runtime/process/timestamp.ts";
import type { Work } from "../../../runtime/events/unit-of-work.ts";
import { Counters, type Mark, markHandlers, MARKS_TABLE, NOTHING_COUNTED, noteMark } from "./counting.ts";
import { Details, events, Id } from "./events.ts";
import { DETAIL_COLUMNS } from "./schedule-rows.ts";

const ScheduleView = Type.Object({
  scheduleId: Id,
  ...Details.properties,
  date: Timestamp,
  ...Counters.properties,
  updatedAt: Timestamp,
});

interface Tables {
  /** A deleted course keeps its row, without words, so that late events find it and change nothing. */
  scheduleViews: Static<typeof ScheduleView> & { revision: number; deleted: number };
  marks: Mark;
}
type View = Work<Tables, typeof events, never>;
type Row = Tables["scheduleViews"];

/** Folds one event into the row. Whatever the order of the events, the row ends the same: revisions and times only grow. */
async function fold({ tx }: View, event: Event, change: (row: Row) => Partial<Row> | Promise<Partial<Row>>) {
  const found = tx.selectFrom("scheduleViews").selectAll().where("scheduleId", "=", event.key);
  const row = await found.forUpdate().executeTakeFirst();
  if (row === undefined) throw new EarlyEvent(`course ${event.key} is not in the view yet`);
  if (row.deleted === 1) return;
  const occurredAt = new Date(event.occurredAt);
  const updatedAt = occurredAt > row.updatedAt ? occurredAt : row.updatedAt;
  const news = { ...(await change(row)), updatedAt };
  await tx.updateTable("scheduleViews").set(news).where("scheduleId", "=", event.key).execute();
}

async function count(work: View, { kind, ...mark }: Mark, event: Event): Promise<void> {
  const counter = `${kind}Cnt` as const;
  await fold(work, event, async (row) => ({ [counter]: row[counter] + (await noteMark(work, { kind, ...mark })) }));
}

const touch = (event: Event, work: View) => fold(work, event, () => ({}));

await runService<Tables, typeof events, never>({
  events,
  correlationKey: "scheduleId",
  views: ["schedule_views", "marks"],
  migrations: [
    {
      name: "viewpage-1",
      statements: [
        `CREATE TABLE IF NOT EXISTS schedule_views (schedule_id VARCHAR(36) COLLATE utf8mb4_bin PRIMARY KEY, ${DETAIL_COLUMNS},
    deleted TINYINT NOT NULL, updated_at DATETIME(3) NOT NULL, KEY deleted (deleted, updated_at))`,
        MARKS_TABLE,
      ],
    },
  ],
  handlers: {
    ...markHandlers(count),
    async ScheduleRegistered({ data, occurredAt }, { tx }) {
      const found = tx.selectFrom("scheduleViews").select("scheduleId").where("scheduleId", "=", data.scheduleId);
      if ((await found.executeTakeFirst()) !== undefined) return;
      const row = {
        ...data,
        ...NOTHING_COUNTED,
        date: new Date(data.date),
        deleted: 0,
        updatedAt: new Date(occurredAt),
      };
      await tx.insertInto("scheduleViews").values(row).execute();
    },
    ScheduleModified: (event, work) =>
      fold(work, event, (row) =>
        event.data.revision > row.revision ? { ...event.data, date: new Date(event.data.date) } : {},
      ),
    async ScheduleDeleted(event, work) {
      await work.tx.deleteFrom("marks").where("scheduleId", "=", event.key).execute();
      await fold(work, event, () => ({ ...NOTHING_COUNTED, title: "", content: "", uploader: "", deleted: 1 }));
    },
    CommentModified: touch,
    ReviewModified: touch,
  },
  routes(app, { db }) {
    const Query = Type.Object(PageQuery, { additionalProperties: false });
    const shown = () => db.selectFrom("scheduleViews").selectAll().where("deleted", "=", 0);
    const list = { schema: { querystring: Query, response: { 200: pageOf(ScheduleView) } } };
    app.get("/scheduleViews", list, async ({ query }) =>
      readPage(query, shown(), { time: "updatedAt", id: "scheduleId" }),
    );
    const one = { schema: { params: Type.Object({ id: Id }), response: { 200: ScheduleView } } };
    app.get("/scheduleViews/:id", one, async ({ params }) => {
      const row = await shown().where("scheduleId", "=", params.id).executeTakeFirst();
      if (row === undefined) throw notFound("course");
      return row;
    });
  },
});
