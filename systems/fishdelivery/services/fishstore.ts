import { randomUUID } from "node:crypto";
import Type from "typebox";
import { pageOf, PageQuery, readPage } from "../../../runtime/http/paging.ts";
import { conflict, notFound } from "../../../runtime/http/refusal.ts";
import type { Http } from "../../../runtime/http/http.ts";
import { type Kit, runService } from "../../../runtime/service.ts";
import { type Details, events, Id } from "./events.ts";
import { StoreOrder, type StoreEvents, storeMigrations, type StoreTables, type StoreWork } from "./fishstore-rows.ts";
import { STORE_STATES, type StoreState, storeStepAllowed } from "./states.ts";

type StoreKit = Kit<StoreTables, typeof events, StoreEvents>;

async function findByOrder({ tx }: StoreWork, orderId: string) {
  return tx.selectFrom("storeOrders").selectAll().where("orderId", "=", orderId).forUpdate().executeTakeFirst();
}

async function insert({ tx }: StoreWork, orderId: string, details: Details, status: StoreState) {
  const { customerName, fishName, qty, telephone, address } = details;
  const row = {
    fishOrderId: randomUUID(),
    orderId,
    customerName,
    fishName,
    qty,
    telephone,
    address,
    status,
    createdAt: new Date(),
    updatedAt: new Date(),
  };
  await tx.insertInto("storeOrders").values(row).execute();
  return row;
}

async function setStatus({ tx }: StoreWork, fishOrderId: string, status: StoreState) {
  await tx
    .updateTable("storeOrders")
    .set({ status, updatedAt: new Date() })
    .where("fishOrderId", "=", fishOrderId)
    .execute();
}

/** One step of the owner's work, told to the others; the same step again changes nothing. */
async function step(work: StoreWork, fishOrderId: string, status: "TAKEN" | "PREPARED" | "REFUSED", reason: string) {
  const row = await work.tx
    .selectFrom("storeOrders")
    .selectAll()
    .where("fishOrderId", "=", fishOrderId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw notFound("store order");
  if (row.status === status) return row;
  if (!storeStepAllowed(row.status, status))
    throw conflict(`A store order that is ${row.status} cannot become ${status}.`);
  await setStatus(work, fishOrderId, status);
  const { orderId, customerName, fishName, qty, telephone, address } = row;
  if (status === "TAKEN") await work.emit("OrderTaken", { orderId, fishOrderId });
  if (status === "PREPARED")
    await work.emit("OrderPrepared", { orderId, fishOrderId, customerName, fishName, qty, telephone, address });
  if (status === "REFUSED") await work.emit("OrderRefused", { orderId, fishOrderId, reason });
  return { ...row, status, updatedAt: new Date() };
}

const One = { params: Type.Object({ id: Id }) };

function readRoutes(app: Http, { db }: StoreKit): void {
  const Query = Type.Object(
    { ...PageQuery, orderId: Type.Optional(Id), status: Type.Optional(Type.Enum(STORE_STATES)) },
    { additionalProperties: false },
  );
  app.get(
    "/fishstores",
    { schema: { querystring: Query, response: { 200: pageOf(StoreOrder) } } },
    async ({ query }) => {
      let found = db.selectFrom("storeOrders");
      if (query.orderId !== undefined) found = found.where("orderId", "=", query.orderId);
      if (query.status !== undefined) found = found.where("status", "=", query.status);
      return readPage(query, found.selectAll(), { time: "createdAt", id: "fishOrderId" });
    },
  );
  app.get("/fishstores/:id", { schema: { ...One, response: { 200: StoreOrder } } }, async ({ params }) => {
    const row = await db.selectFrom("storeOrders").selectAll().where("fishOrderId", "=", params.id).executeTakeFirst();
    if (row === undefined) throw notFound("store order");
    return row;
  });
}

function changeRoutes(app: Http, { transact }: StoreKit): void {
  const Change = Type.Object(
    {
      status: Type.Enum(["TAKEN", "PREPARED", "REFUSED"]),
      reason: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    },
    { additionalProperties: false },
  );
  app.patch(
    "/fishstores/:id",
    { schema: { ...One, body: Change, response: { 200: StoreOrder } } },
    ({ params, body }) => transact((work) => step(work, params.id, body.status, body.reason ?? "no reason given")),
  );
}

await runService<StoreTables, typeof events, StoreEvents>({
  events,
  correlationKey: "orderId",
  migrations: storeMigrations,
  handlers: {
    async PayApproved({ data }, work) {
      // A row can be there already: the cancellation travels on another topic and may have come first.
      if ((await findByOrder(work, data.orderId)) === undefined) await insert(work, data.orderId, data, "RECEIVED");
    },
    async OrderCanceled({ data }, work) {
      const { fishOrderId, orderId } =
        (await findByOrder(work, data.orderId)) ?? (await insert(work, data.orderId, data, "CANCELED"));
      await setStatus(work, fishOrderId, "CANCELED");
      await work.emit("StoreCanceled", { orderId, fishOrderId });
    },
  },
  routes(app, kit) {
    readRoutes(app, kit);
    changeRoutes(app, kit);
  },
});
