import { randomUUID } from "node:crypto";
import Type from "typebox";
import { signedIn } from "../../../runtime/http/caller.ts";
import { pageOf, PageQuery, readPage } from "../../../runtime/http/paging.ts";
import { runService } from "../../../runtime/service.ts";
import { type Details, events, Id } from "./events.ts";
import { channelOf, type MessageChannel } from "./message-channel.ts";
import { Notice, type NoticeEvents, noticeMigrations, type NoticeTables, type NoticeWork } from "./notice-rows.ts";
import { sendNext } from "./sending.ts";

/** Asked here too, for whoever finds a way past the entry. */
const ofNotice = signedIn("notice");

const SEND_EVERY_MS = 500;

/** Writes down what a customer is to be told; it is sent after the commit. */
const tell =
  (about: string, text: (details: Details) => string) =>
  async ({ data }: { data: Details & { reservationId: string } }, { tx }: NoticeWork): Promise<void> => {
    const row = {
      noticeId: randomUUID(),
      reservationId: data.reservationId,
      about,
      phoneNumber: data.phoneNumber,
      text: text(data),
      status: "WAITING" as const,
      attempts: 0,
      dueAt: new Date(),
      createdAt: new Date(),
    };
    await tx.insertInto("notices").values(row).execute();
  };

let channel: MessageChannel | undefined;

await runService<NoticeTables, typeof events, NoticeEvents>({
  events,
  correlationKey: "reservationId",
  migrations: noticeMigrations,
  handlers: {
    ReservationReserved: tell(
      "reserved",
      (said) => `${said.reservatorName}, we expect you on ${said.reservationDate}.`,
    ),
    ReservationChanged: tell(
      "changed",
      (said) => `${said.reservatorName}, your reservation is now on ${said.reservationDate}.`,
    ),
    ReservationCanceled: tell(
      "canceled",
      (said) => `${said.reservatorName}, your reservation on ${said.reservationDate} is cancelled.`,
    ),
  },
  every: [{ ms: SEND_EVERY_MS, run: (kit) => sendNext(kit, (channel ??= channelOf(process.env, kit.log))) }],
  routes(app, { db }) {
    const Query = Type.Object({ ...PageQuery, reservationId: Type.Optional(Id) }, { additionalProperties: false });
    app.get(
      "/notices",
      { onRequest: ofNotice, schema: { querystring: Query, response: { 200: pageOf(Notice) } } },
      async ({ query }) => {
        const all = db.selectFrom("notices");
        const { reservationId } = query;
        const found = reservationId === undefined ? all : all.where("reservationId", "=", reservationId);
        return readPage(query, found.selectAll(), { time: "createdAt", id: "noticeId" });
      },
    );
  },
});
