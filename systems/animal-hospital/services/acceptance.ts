import { randomUUID } from "node:crypto";
import Type, { type Static } from "typebox";
import { signedIn } from "../../../runtime/http/caller.ts";
import { pageOf, PageQuery, readPage } from "../../../runtime/http/paging.ts";
import { conflict, notFound } from "../../../runtime/http/refusal.ts";
import { runService } from "../../../runtime/service.ts";
import type { Work } from "../../../runtime/events/unit-of-work.ts";
import { Timestamp } from "../../../runtime/process/timestamp.ts";
import { events, Id } from "./events.ts";
import { BILL_STATES, billAfterCancel, type BillState } from "./states.ts";

/** Asked here too, for whoever finds a way past the entry. */
const ofBilling = signedIn("billing");

const FEE_WON = 10_000; // of every treatment, as the hospital's price list has it

const Bill = Type.Object({
  financialManagementId: Id,
  reservationId: Id,
  fee: Type.Integer({ minimum: 0, description: "won" }),
  status: Type.Enum(BILL_STATES),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
type BillRow = Static<typeof Bill>;

interface Tables {
  financialManagements: BillRow;
}
type Published = "TreatmentFeeBilled" | "TreatmentFeeAccepted" | "TreatmentFeeCanceled";
type Billing = Work<Tables, typeof events, Published>;

function find({ tx }: Billing, column: "reservationId" | "financialManagementId", id: string) {
  return tx.selectFrom("financialManagements").selectAll().where(column, "=", id).forUpdate().executeTakeFirst();
}

async function insert({ tx }: Billing, reservationId: string, fee: number, status: BillState): Promise<BillRow> {
  const now = new Date();
  const row = { financialManagementId: randomUUID(), reservationId, fee, status, createdAt: now, updatedAt: now };
  await tx.insertInto("financialManagements").values(row).execute();
  return row;
}

async function setStatus({ tx }: Billing, row: BillRow, status: BillState): Promise<BillRow> {
  const changed = { ...row, status, updatedAt: new Date() };
  const one = tx.updateTable("financialManagements").set({ status, updatedAt: changed.updatedAt });
  await one.where("financialManagementId", "=", row.financialManagementId).execute();
  return changed;
}

/** The customer pays; paying again changes nothing. */
async function pay(work: Billing, financialManagementId: string): Promise<BillRow> {
  const row = await find(work, "financialManagementId", financialManagementId);
  if (row === undefined) throw notFound("bill");
  if (row.status === "PAID") return row;
  if (row.status !== "BILLED") throw conflict(`A bill that is ${row.status} cannot be paid.`);
  const { reservationId, fee } = row;
  await work.emit("TreatmentFeeAccepted", { reservationId, financialManagementId, fee });
  return setStatus(work, row, "PAID");
}

await runService<Tables, typeof events, Published>({
  events,
  correlationKey: "reservationId",
  migrations: [
    {
      name: "acceptance-1",
      statements: [
        `CREATE TABLE IF NOT EXISTS financial_managements (
    financial_management_id CHAR(36) PRIMARY KEY, reservation_id CHAR(36) NOT NULL UNIQUE, fee INT NOT NULL, status VARCHAR(12) NOT NULL,
    created_at DATETIME(3) NOT NULL, updated_at DATETIME(3) NOT NULL, KEY status (status, created_at), KEY created_at (created_at))`,
      ],
    },
  ],
  handlers: {
    async Treated({ data: { reservationId } }, work) {
      // A row can be there already: the cancellation travels on another topic and may have come first.
      if ((await find(work, "reservationId", reservationId)) !== undefined) return;
      const { financialManagementId, fee } = await insert(work, reservationId, FEE_WON, "BILLED");
      await work.emit("TreatmentFeeBilled", { reservationId, financialManagementId, fee });
    },
    async ReservationCanceled({ data: { reservationId } }, work) {
      // Written even where nothing was billed yet: a bill that would still come is none.
      const row =
        (await find(work, "reservationId", reservationId)) ?? (await insert(work, reservationId, 0, "CANCELED"));
      const { financialManagementId, fee, status } = await setStatus(work, row, billAfterCancel(row.status));
      const refunded = status === "REFUNDED";
      await work.emit("TreatmentFeeCanceled", { reservationId, financialManagementId, fee, refunded });
    },
  },
  routes(app, { db, transact }) {
    const One = { params: Type.Object({ id: Id }) };
    const Query = Type.Object(
      { ...PageQuery, reservationId: Type.Optional(Id), status: Type.Optional(Type.Enum(BILL_STATES)) },
      { additionalProperties: false },
    );
    const response = { 200: pageOf(Bill) };
    app.get(
      "/financialManagements",
      { onRequest: ofBilling, schema: { querystring: Query, response } },
      async ({ query }) => {
        let found = db.selectFrom("financialManagements");
        if (query.reservationId !== undefined) found = found.where("reservationId", "=", query.reservationId);
        if (query.status !== undefined) found = found.where("status", "=", query.status);
        return readPage(query, found.selectAll(), { time: "createdAt", id: "financialManagementId" });
      },
    );
    app.get(
      "/financialManagements/:id",
      { onRequest: ofBilling, schema: { ...One, response: { 200: Bill } } },
      async ({ params }) => {
        const found = db.selectFrom("financialManagements").selectAll().where("financialManagementId", "=", params.id);
        const row = await found.executeTakeFirst();
        if (row === undefined) throw notFound("bill");
        return row;
      },
    );
    const Change = Type.Object({ status: Type.Literal("PAID") }, { additionalProperties: false });
    app.patch(
      "/financialManagements/:id",
      { onRequest: ofBilling, schema: { ...One, body: Change, response: { 200: Bill } } },
      ({ params }) => transact((work) => pay(work, params.id)),
    );
  },
});
