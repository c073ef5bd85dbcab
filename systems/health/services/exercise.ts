import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import Type from "typebox";
import type { Http } from "../../../runtime/http/http.ts";
import { pageOf, PageQuery, readPage } from "../../../runtime/http/paging.ts";
import { conflict, notFound } from "../../../runtime/http/refusal.ts";
import { runService } from "../../../runtime/service.ts";
import { dayBefore, Period } from "./diary.ts";
import { Day, events, Id } from "./events.ts";
import {
  Exercise,
  type ExerciseEvents,
  type ExerciseKit,
  exerciseMigrations,
  type ExerciseTables,
  NewExercise,
  PARTS,
  Workout,
} from "./exercise-rows.ts";
import { type SignedIn, signedIn } from "./signed-in.ts";

const Part = Type.Optional(Type.Enum([...PARTS, "ALL"]));
/** The parts that a query is about. */
const partsOf = (part: (typeof PARTS)[number] | "ALL" = "ALL") => (part === "ALL" ? PARTS : [part]);

function exerciseRoutes(app: Http, { db, transact }: ExerciseKit, who: SignedIn): void {
  const Query = Type.Object({ ...PageQuery, part: Part }, { additionalProperties: false });
  const response = { 200: pageOf(Exercise) };
  app.get("/exercise/exercises", { schema: { querystring: Query, response } }, async ({ query }) => {
    const found = db.selectFrom("exercises").where("part", "in", partsOf(query.part)).selectAll();
    return readPage(query, found, { time: "createdAt", id: "exerciseId" });
  });
  app.post(
    "/exercise/exercises",
    { schema: { body: NewExercise, response: { 201: Exercise } } },
    async ({ body, headers }, reply) => {
      await who(headers.authorization);
      const exercise = { exerciseId: randomUUID(), ...body, createdAt: new Date() };
      await transact(async ({ tx }) => {
        const same = tx.selectFrom("exercises").select("exerciseId").where("name", "=", body.name);
        if ((await same.executeTakeFirst()) !== undefined) throw conflict("There is an exercise of this name already.");
        await tx.insertInto("exercises").values(exercise).execute();
      });
      return reply.code(201).send(exercise);
    },
  );
  app.get(
    "/exercise/exercises/:id",
    { schema: { params: Type.Object({ id: Id }), response: { 200: Exercise } } },
    async ({ params }) => {
      const row = db.selectFrom("exercises").selectAll().where("exerciseId", "=", params.id);
      const exercise = await row.executeTakeFirst();
      if (exercise === undefined) throw notFound("exercise");
      return exercise;
    },
  );
}

function readRoutes(app: Http, { db }: ExerciseKit, who: SignedIn): void {
  const workoutsOf = (username: string, since: string, parts: readonly (typeof PARTS)[number][]) =>
    db
      .selectFrom("workouts")
      .innerJoin("exercises", "exercises.exerciseId", "workouts.exerciseId")
      .where("username", "=", username)
      .where("date", ">=", since)
      .where("part", "in", parts);
  const Query = Type.Object({ ...PageQuery, part: Part, period: Period }, { additionalProperties: false });
  const shown = ["entryId", "username", "workouts.exerciseId", "sets as set", "reps as rep"] as const;
  const response = { 200: pageOf(Workout) };
  const list = async (query: { size?: string; after?: string }, found: ReturnType<typeof workoutsOf>) =>
    readPage(query, found.select([...shown, "weight", "date", "name", "part", "doneAt"]), {
      time: "doneAt",
      id: "entryId",
    });
  app.get("/exercise/histories", { schema: { querystring: Query, response } }, async ({ query, headers }) => {
    const username = await who(headers.authorization);
    return list(query, workoutsOf(username, dayBefore(Number(query.period ?? 1)), partsOf(query.part)));
  });
  const Today = Type.Object(PageQuery, { additionalProperties: false });
  app.get("/exercise/today", { schema: { querystring: Today, response } }, async ({ query, headers }) =>
    list(query, workoutsOf(await who(headers.authorization), new Date().toISOString().slice(0, 10), PARTS)),
  );
  const Days = Type.Object({ items: Type.Array(Type.Object({ date: Day, volume: Type.Number() })) });
  const OfDays = Type.Object({ part: Part, period: Period }, { additionalProperties: false });
  app.get(
    "/exercise/days",
    { schema: { querystring: OfDays, response: { 200: Days } } },
    async ({ query, headers }) => {
      const username = await who(headers.authorization);
      const items = await workoutsOf(username, dayBefore(Number(query.period ?? 1)), partsOf(query.part))
        .select(["date", sql<number>`SUM(sets * reps * weight)`.as("volume")])
        .groupBy("date")
        .orderBy("date")
        .execute();
      return { items };
    },
  );
}

await runService<ExerciseTables, typeof events, ExerciseEvents>({
  calls: ["auth"],
  events,
  correlationKey: "entryId",
  migrations: exerciseMigrations,
  handlers: {
    async WorkoutAccepted({ data, occurredAt }, { tx, emit }) {
      const { set: sets, rep: reps, entryId, username, exerciseId, weight, date } = data;
      const known = tx.selectFrom("exercises").select("exerciseId").where("exerciseId", "=", exerciseId);
      if ((await known.executeTakeFirst()) === undefined)
        return emit("WorkoutRefused", { entryId, username, reason: "There is no such exercise." });
      const row = { entryId, username, exerciseId, sets, reps, weight, date, doneAt: new Date(occurredAt) };
      await tx.insertInto("workouts").values(row).execute();
    },
  },
  routes(app, kit) {
    const who = signedIn(kit.edge("auth"));
    exerciseRoutes(app, kit, who);
    readRoutes(app, kit, who);
  },
});
