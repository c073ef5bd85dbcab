import Type from "typebox";
import { signedIn } from "../../../runtime/http/caller.ts";
import { pageOf, PageQuery, readPage } from "../../../runtime/http/paging.ts";
import type { Http } from "../../../runtime/http/http.ts";
import { notFound } from "../../../runtime/http/refusal.ts";
import { runService } from "../../../runtime/service.ts";
import { comingDay } from "./coming-day.ts";
import { Day, Details, events, Id } from "./events.ts";
import { cancel, changeBack, changeDay, confirmCancel, progress } from "./reservation-changes.ts";
import {
  Reservation,
  type ReservationEvents,
  type ReservationKit,
  reservationMigrations,
  type ReservationTables,
} from "./reservation-rows.ts";
import { abandonForgotten, reserve } from "./reserving.ts";
import { RESERVATION_STATES } from "./states.ts";

/** Asked here too, for whoever finds a way past the entry. */
const ofReservation = signedIn("reservation");

const One = { params: Type.Object({ id: Id }) };

function reserveRoute(app: Http, kit: ReservationKit): void {
  const New = Type.Object(Details.properties, { additionalProperties: false });
  const Headers = Type.Object({ "idempotency-key": Type.Optional(Type.String({ minLength: 1, maxLength: 100 })) });
  app.post(
    "/reservations",
    { onRequest: ofReservation, schema: { body: New, headers: Headers, response: { 201: Reservation } } },
    async ({ body, headers }, reply) => {
      comingDay(body.reservationDate);
      return reply.code(201).send(await reserve(kit, body, headers["idempotency-key"]));
    },
  );
}

function readRoutes(app: Http, { db }: ReservationKit): void {
  const Status = Type.Optional(Type.Enum(RESERVATION_STATES));
  const Query = Type.Object({ ...PageQuery, status: Status }, { additionalProperties: false });
  const response = { 200: pageOf(Reservation) };
  app.get(
    "/reservations",
    { onRequest: ofReservation, schema: { querystring: Query, response } },
    async ({ query }) => {
      const { status } = query;
      const all = db.selectFrom("reservations");
      const found = status === undefined ? all : all.where("status", "=", status);
      return readPage(query, found.selectAll(), { time: "createdAt", id: "reservationId" });
    },
  );
  app.get(
    "/reservations/:id",
    { onRequest: ofReservation, schema: { ...One, response: { 200: Reservation } } },
    async ({ params }) => {
      const found = db.selectFrom("reservations").selectAll().where("reservationId", "=", params.id);
      const row = await found.executeTakeFirst();
      if (row === undefined) throw notFound("reservation");
      return row;
    },
  );
}

function changeRoutes(app: Http, { transact }: ReservationKit): void {
  const Change = Type.Object({ reservationDate: Day }, { additionalProperties: false });
  app.patch(
    "/reservations/:id",
    { onRequest: ofReservation, schema: { ...One, body: Change, response: { 200: Reservation } } },
    ({ params, body }) => {
      comingDay(body.reservationDate);
      return transact((work) => changeDay(work, params.id, body.reservationDate));
    },
  );
  app.delete(
    "/reservations/:id",
    { onRequest: ofReservation, schema: { ...One, response: { 202: Reservation } } },
    async ({ params }, reply) =>
      reply.code(202).send(await transact((work) => cancel(work, params.id, "the customer cancelled"))),
  );
}

await runService<ReservationTables, typeof events, ReservationEvents>({
  calls: ["diagnosis"],
  events,
  correlationKey: "reservationId",
  migrations: reservationMigrations,
  handlers: {
    Treated: ({ key }, work) => progress(work, key, "TREATED"),
    TreatmentFeeBilled: ({ key }, work) => progress(work, key, "BILLED"),
    TreatmentFeeAccepted: ({ key }, work) => progress(work, key, "PAID"),
    TreatmentDayRefused: ({ key, data }, work) => changeBack(work, key, data.refusedDate, data.reservationDate),
    TreatmentCanceled: ({ key }, work) => confirmCancel(work, key, "treatmentCanceled"),
    TreatmentFeeCanceled: ({ key }, work) => confirmCancel(work, key, "feeCanceled"),
  },
  every: [{ ms: 5000, run: abandonForgotten }],
  routes(app, kit) {
    reserveRoute(app, kit);
    readRoutes(app, kit);
    changeRoutes(app, kit);
  },
});
