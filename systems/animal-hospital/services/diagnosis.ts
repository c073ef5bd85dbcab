import Type from "typebox";
import { signedIn } from "../../../runtime/http/caller.ts";
import { pageOf, PageQuery, readPage } from "../../../runtime/http/paging.ts";
import type { Http } from "../../../runtime/http/http.ts";
import { notFound } from "../../../runtime/http/refusal.ts";
import { runService } from "../../../runtime/service.ts";
import {
  type DiagnosisEvents,
  type DiagnosisKit,
  diagnosisMigrations,
  type DiagnosisTables,
  MedicalRecord,
} from "./diagnosis-rows.ts";
import { Day, events, Id, Result } from "./events.ts";
import { accept, cancelTreatment, giveUp, move, treat } from "./treating.ts";
import { treatmentContract } from "./treatment-contract.ts";

/** Asked here too, for whoever finds a way past the entry. */
const ofTreatment = signedIn("treatment");

function readRoutes(app: Http, { db }: DiagnosisKit): void {
  const Query = Type.Object(
    { ...PageQuery, reservationId: Type.Optional(Id), reservationDate: Type.Optional(Day) },
    { additionalProperties: false },
  );
  const response = { 200: pageOf(MedicalRecord) };
  app.get(
    "/medicalRecords",
    { onRequest: ofTreatment, schema: { querystring: Query, response } },
    async ({ query }) => {
      let found = db.selectFrom("medicalRecords");
      if (query.reservationId !== undefined) found = found.where("reservationId", "=", query.reservationId);
      if (query.reservationDate !== undefined) found = found.where("reservationDate", "=", query.reservationDate);
      return readPage(query, found.selectAll(), { time: "createdAt", id: "medicalRecordId" });
    },
  );
  app.get(
    "/medicalRecords/:id",
    { onRequest: ofTreatment, schema: { params: Type.Object({ id: Id }), response: { 200: MedicalRecord } } },
    async ({ params }) => {
      const found = db.selectFrom("medicalRecords").selectAll().where("medicalRecordId", "=", params.id);
      const row = await found.executeTakeFirst();
      if (row === undefined) throw notFound("medical record");
      return row;
    },
  );
}

function workRoutes(app: Http, { transact }: DiagnosisKit): void {
  app.post(
    "/medicalRecords",
    { schema: { body: treatmentContract.request, response: { 201: MedicalRecord } } },
    async ({ body }, reply) => reply.code(201).send(await transact((work) => accept(work, body))),
  );
  const Treatment = Type.Object(Result.properties, { additionalProperties: false });
  app.patch(
    "/medicalRecords/:id",
    {
      onRequest: ofTreatment,
      schema: { params: Type.Object({ id: Id }), body: Treatment, response: { 200: MedicalRecord } },
    },
    ({ params, body }) => transact((work) => treat(work, params.id, body)),
  );
}

await runService<DiagnosisTables, typeof events, DiagnosisEvents>({
  events,
  correlationKey: "reservationId",
  migrations: diagnosisMigrations,
  handlers: {
    ReservationChanged: ({ data }, work) => move(work, data.reservationId, data.reservationDate),
    ReservationCanceled: ({ data }, work) => cancelTreatment(work, data.reservationId, data.reservationDate),
    ReservationAbandoned: ({ data, occurredAt }, work) => giveUp(work, data.reservationId, occurredAt.slice(0, 10)),
  },
  routes(app, kit) {
    readRoutes(app, kit);
    workRoutes(app, kit);
  },
});
