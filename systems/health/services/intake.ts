import { randomUUID } from "node:crypto";
import Type from "typebox";
import { EarlyEvent } from "../../../runtime/events/inbox.ts";
import type { Work } from "../../../runtime/events/unit-of-work.ts";
import type { Http } from "../../../runtime/http/http.ts";
import { notFound, Refusal } from "../../../runtime/http/refusal.ts";
import { Timestamp } from "../../../runtime/process/timestamp.ts";
import { type Kit, runService } from "../../../runtime/service.ts";
import { refuseNoDay } from "./diary.ts";
import { events, Id, meal, workout } from "./events.ts";
import { type SignedIn, signedIn } from "./signed-in.ts";

const STATES = ["ACCEPTED", "REFUSED", "WITHDRAWN"] as const;
const Entry = Type.Object({
  entryId: Id,
  status: Type.Enum([...STATES]),
  reason: Type.Union([Type.String(), Type.Null()]),
  acceptedAt: Timestamp,
});

interface Tables {
  /** What was accepted; the command itself is in the outbox with it, until the queue has it. */
  entries: {
    entryId: string;
    username: string;
    idempotencyKey: string;
    command: string;
    status: (typeof STATES)[number];
    reason: string | null;
    acceptedAt: Date;
  };
}
type Published = "MealAccepted" | "MealWithdrawn" | "WorkoutAccepted";
type IntakeKit = Kit<Tables, typeof events, Published>;
type IntakeWork = Work<Tables, typeof events, Published>;

const Headers = Type.Object({ "idempotency-key": Type.Optional(Type.String({ minLength: 1, maxLength: 100 })) });

/** Accepts a command once for each key of a person; `fresh` is false where it was accepted before. */
async function accept(
  { tx }: IntakeWork,
  { username, key, command }: { username: string; key: string | undefined; command: object },
): Promise<{ entryId: string; fresh: boolean }> {
  const entryId = randomUUID();
  const idempotencyKey = key ?? entryId;
  const text = JSON.stringify(Object.entries(command).sort());
  const known = await tx
    .selectFrom("entries")
    .select(["entryId", "command"])
    .where("username", "=", username)
    .where("idempotencyKey", "=", idempotencyKey)
    .executeTakeFirst();
  if (known !== undefined && known.command !== text)
    throw new Refusal(422, "idempotency_key_reused", "This Idempotency-Key was used for something else.");
  if (known !== undefined) return { entryId: known.entryId, fresh: false };
  const state = { status: "ACCEPTED" as const, reason: null, acceptedAt: new Date() };
  await tx
    .insertInto("entries")
    .values({ entryId, username, idempotencyKey, command: text, ...state })
    .execute();
  return { entryId, fresh: true };
}

function acceptRoutes(app: Http, { transact }: IntakeKit, who: SignedIn): void {
  const NewMeal = Type.Object(meal, { additionalProperties: false });
  const MealAnswer = Type.Object({ entryId: Id, ...meal });
  app.post(
    "/diet/histories",
    { schema: { body: NewMeal, headers: Headers, response: { 202: MealAnswer } } },
    async ({ body, headers }, reply) => {
      const username = await who(headers.authorization);
      refuseNoDay(body.date);
      const command = { username, key: headers["idempotency-key"], command: body };
      const entryId = await transact(async (work) => {
        const { entryId, fresh } = await accept(work, command);
        if (fresh) await work.emit("MealAccepted", { entryId, username, ...body });
        return entryId;
      });
      return reply.code(202).send({ entryId, ...body });
    },
  );
  const NewWorkout = Type.Object(workout, { additionalProperties: false });
  const WorkoutAnswer = Type.Object({ entryId: Id, ...workout });
  app.post(
    "/exercise/histories",
    { schema: { body: NewWorkout, headers: Headers, response: { 202: WorkoutAnswer } } },
    async ({ body, headers }, reply) => {
      const username = await who(headers.authorization);
      refuseNoDay(body.date);
      const command = { username, key: headers["idempotency-key"], command: body };
      const entryId = await transact(async (work) => {
        const { entryId, fresh } = await accept(work, command);
        if (fresh) await work.emit("WorkoutAccepted", { entryId, username, ...body });
        return entryId;
      });
      return reply.code(202).send({ entryId, ...body });
    },
  );
}

function entryRoutes(app: Http, { db, transact }: IntakeKit, who: SignedIn): void {
  const One = { params: Type.Object({ id: Id }) };
  app.get("/entries/:id", { schema: { ...One, response: { 200: Entry } } }, async ({ params, headers }) => {
    const username = await who(headers.authorization);
    const mine = db.selectFrom("entries").selectAll().where("entryId", "=", params.id).where("username", "=", username);
    const entry = await mine.executeTakeFirst();
    if (entry === undefined) throw notFound("entry");
    return entry;
  });
  app.delete("/diet/histories/:id", { schema: One }, async ({ params: { id: entryId }, headers }, reply) => {
    const username = await who(headers.authorization);
    await transact(async ({ tx, emit }) => {
      const mine = tx.selectFrom("entries").selectAll().where("entryId", "=", entryId).where("username", "=", username);
      const entry = await mine.forUpdate().executeTakeFirst();
      if (entry === undefined || !entry.command.includes('"foodId"')) throw notFound("meal");
      if (entry.status === "WITHDRAWN") return;
      await tx.updateTable("entries").set({ status: "WITHDRAWN" }).where("entryId", "=", entryId).execute();
      await emit("MealWithdrawn", { entryId, username });
    });
    return reply.code(204).send();
  });
}

/** Keeps why an entry could not be written, for the person who asks. */
async function refuse({ tx }: IntakeWork, { entryId, reason }: { entryId: string; reason: string }): Promise<void> {
  const entry = await tx.selectFrom("entries").select("status").where("entryId", "=", entryId).executeTakeFirst();
  if (entry === undefined) throw new EarlyEvent(`entry ${entryId} is not here yet`);
  const change = { status: "REFUSED" as const, reason };
  await tx.updateTable("entries").set(change).where("entryId", "=", entryId).where("status", "=", "ACCEPTED").execute();
}

await runService<Tables, typeof events, Published>({
  calls: ["auth"],
  events,
  correlationKey: "entryId",
  migrations: [
    {
      name: "intake-1",
      statements: [
        `CREATE TABLE IF NOT EXISTS entries (
    entry_id CHAR(36) PRIMARY KEY, username VARCHAR(50) NOT NULL, idempotency_key VARCHAR(100) NOT NULL, command VARCHAR(500) NOT NULL,
    status VARCHAR(10) NOT NULL, reason VARCHAR(200), accepted_at DATETIME(3) NOT NULL, UNIQUE KEY once (username, idempotency_key))`,
      ],
    },
  ],
  handlers: {
    MealRefused: ({ data }, work) => refuse(work, data),
    WorkoutRefused: ({ data }, work) => refuse(work, data),
  },
  routes(app, kit) {
    const who = signedIn(kit.edge("auth"));
    acceptRoutes(app, kit, who);
    entryRoutes(app, kit, who);
  },
});
