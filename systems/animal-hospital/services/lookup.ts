import Type, { type Static } from "typebox";
import { EarlyEvent } from "../../../runtime/events/inbox.ts";
import { signedIn } from "../../../runtime/http/caller.ts";
import { pageOf, PageQuery, readPage } from "../../../runtime/http/paging.ts";
import { notFound } from "../../../runtime/http/refusal.ts";
import { runService } from "../../../runtime/service.ts";
import type { Event } from "../../../runtime/events/envelope.ts";
import { Timestamp } from "../../../runtime/process/timestamp.ts";
import type { Work } from "../../../runtime/events/unit-of-work.ts";
import { Details, type Details as DetailsOf, events, Id } from "./events.ts";
import { advance, RESERVATION_STATES, type ReservationState } from "./states.ts";

/** Asked here too, for whoever finds a way past the entry. */
const ofLookup = signedIn("lookup");

const orNull = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);

const Stat = Type.Object({
  reservationId: Id,
  ...Details.properties,
  reservationStatus: Type.Enum(RESERVATION_STATES),
  treatment: orNull(Type.String()),
  fee: orNull(Type.Integer()),
  updatedAt: Timestamp,
});
type StatRow = Static<typeof Stat>;

interface Tables {
  /** `detailsAt`: when the details were said that the row shows. */
  reservationStats: StatRow & { detailsAt: Date };
}
type Lookup = Work<Tables, typeof events, never>;

/** Folds one event into the row. Whatever the order of the events, the row ends the same: states only advance, times only grow. */
async function fold({ tx }: Lookup, event: Event, change: (row: Tables["reservationStats"]) => Partial<StatRow>) {
  const found = tx.selectFrom("reservationStats").selectAll().where("reservationId", "=", event.key);
  const row = await found.forUpdate().executeTakeFirst();
  if (row === undefined) throw new EarlyEvent(`reservation ${event.key} is not known yet`);
  const occurredAt = new Date(event.occurredAt);
  const updatedAt = occurredAt > row.updatedAt ? occurredAt : row.updatedAt;
  const changed = { ...change(row), updatedAt };
  await tx.updateTable("reservationStats").set(changed).where("reservationId", "=", event.key).execute();
}

const to =
  (news: ReservationState, more: Partial<StatRow> = {}) =>
  (event: Event, work: Lookup) =>
    fold(work, event, (row) => ({ reservationStatus: advance(row.reservationStatus, news), ...more }));

/** What the customer said last is shown, in whatever order it comes. */
const details = (event: Event & { data: DetailsOf }, work: Lookup) =>
  fold(work, event, (row) => {
    const { reservatorName, reservationDate, phoneNumber } = event.data;
    const detailsAt = new Date(event.occurredAt);
    return detailsAt >= row.detailsAt ? { reservatorName, reservationDate, phoneNumber, detailsAt } : {};
  });

await runService<Tables, typeof events, never>({
  events,
  correlationKey: "reservationId",
  views: ["reservation_stats"],
  migrations: [
    {
      name: "lookup-1",
      statements: [
        `CREATE TABLE IF NOT EXISTS reservation_stats (
    reservation_id CHAR(36) PRIMARY KEY, reservator_name VARCHAR(100) NOT NULL, reservation_date CHAR(10) NOT NULL, phone_number VARCHAR(13) NOT NULL,
    reservation_status VARCHAR(12) NOT NULL, treatment VARCHAR(300), fee INT, details_at DATETIME(3) NOT NULL, updated_at DATETIME(3) NOT NULL,
    KEY reservation_status (reservation_status, updated_at), KEY updated_at (updated_at))`,
      ],
    },
  ],
  handlers: {
    async ReservationReserved({ data, occurredAt }, { tx }) {
      const { reservationId, reservatorName, reservationDate, phoneNumber } = data;
      const found = tx.selectFrom("reservationStats").select("reservationId");
      if ((await found.where("reservationId", "=", reservationId).executeTakeFirst()) !== undefined) return;
      const at = { detailsAt: new Date(occurredAt), updatedAt: new Date(occurredAt) };
      const open = { reservationStatus: "CONFIRMED" as const, treatment: null, fee: null };
      const row = { reservationId, reservatorName, reservationDate, phoneNumber, ...open, ...at };
      await tx.insertInto("reservationStats").values(row).execute();
    },
    ReservationChanged: details,
    ReservationCanceled: to("CANCELING"),
    CancellationCompleted: to("CANCELED"),
    // Its own topic brings it behind the treatment that it takes back, and so does that of the fee.
    TreatmentCanceled: (event, work) => fold(work, event, () => ({ treatment: null })),
    Treated: (event, work) => to("TREATED", { treatment: event.data.treatment })(event, work),
    TreatmentFeeBilled: (event, work) =>
      fold(work, event, (row) => ({
        reservationStatus: advance(row.reservationStatus, "BILLED"),
        fee: event.data.fee,
      })),
    TreatmentFeeAccepted: to("PAID"),
    TreatmentFeeCanceled: (event, work) => fold(work, event, () => ({ fee: 0 })),
  },
  routes(app, { db }) {
    const Status = Type.Optional(Type.Enum(RESERVATION_STATES));
    const Query = Type.Object({ ...PageQuery, reservationStatus: Status }, { additionalProperties: false });
    const response = { 200: pageOf(Stat) };
    app.get(
      "/reservationStats",
      { onRequest: ofLookup, schema: { querystring: Query, response } },
      async ({ query }) => {
        const all = db.selectFrom("reservationStats");
        const { reservationStatus } = query;
        const found = reservationStatus === undefined ? all : all.where("reservationStatus", "=", reservationStatus);
        return readPage(query, found.selectAll(), { time: "updatedAt", id: "reservationId" });
      },
    );
    app.get(
      "/reservationStats/:id",
      { onRequest: ofLookup, schema: { params: Type.Object({ id: Id }), response: { 200: Stat } } },
      async ({ params }) => {
        const found = db.selectFrom("reservationStats").selectAll().where("reservationId", "=", params.id);
        const row = await found.executeTakeFirst();
        if (row === undefined) throw notFound("reservation");
        return row;
      },
    );
  },
});
