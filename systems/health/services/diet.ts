import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import Type from "typebox";
import type { Http } from "../../../runtime/http/http.ts";
import { pageOf, PageQuery, readPage } from "../../../runtime/http/paging.ts";
import { conflict } from "../../../runtime/http/refusal.ts";
import { runService } from "../../../runtime/service.ts";
import { dayBefore, Period } from "./diary.ts";
import { type DietEvents, type DietKit, dietMigrations, type DietTables, Food, Meal, NewFood } from "./diet-rows.ts";
import { Day, events } from "./events.ts";
import { type SignedIn, signedIn } from "./signed-in.ts";

function foodRoutes(app: Http, { db, transact }: DietKit, who: SignedIn): void {
  const Query = Type.Object(
    { ...PageQuery, q: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })) },
    { additionalProperties: false },
  );
  app.get("/diet/foods", { schema: { querystring: Query, response: { 200: pageOf(Food) } } }, async ({ query }) => {
    const part = `%${(query.q ?? "").replace(/[\\%_]/g, "\\$&")}%`;
    const found = db.selectFrom("foods").where("name", "like", part).selectAll();
    return readPage(query, found, { time: "createdAt", id: "foodId" });
  });
  app.post("/diet/foods", { schema: { body: NewFood, response: { 201: Food } } }, async ({ body, headers }, reply) => {
    await who(headers.authorization);
    const food = { foodId: randomUUID(), ...body, createdAt: new Date() };
    await transact(async ({ tx }) => {
      const same = tx.selectFrom("foods").select("foodId").where("name", "=", food.name);
      if ((await same.executeTakeFirst()) !== undefined) throw conflict("There is a food of this name already.");
      await tx.insertInto("foods").values(food).execute();
    });
    return reply.code(201).send(food);
  });
}

function readRoutes(app: Http, db: DietKit["db"], who: SignedIn): void {
  const mealsOf = (username: string, since: string) =>
    db
      .selectFrom("meals")
      .innerJoin("foods", "foods.foodId", "meals.foodId")
      .where("username", "=", username)
      .where("date", ">=", since);
  const Query = Type.Object({ ...PageQuery, period: Period }, { additionalProperties: false });
  const shown = ["entryId", "username", "meals.foodId", "date", "name", "eatenAt"] as const;
  const list = async (query: { size?: string; after?: string }, username: string, since: string) =>
    readPage(query, mealsOf(username, since).select(shown), { time: "eatenAt", id: "entryId" });
  const response = { 200: pageOf(Meal) };
  app.get("/diet/histories", { schema: { querystring: Query, response } }, async ({ query, headers }) =>
    list(query, await who(headers.authorization), dayBefore(Number(query.period ?? 1))),
  );
  const Today = Type.Object(PageQuery, { additionalProperties: false });
  app.get("/diet/today", { schema: { querystring: Today, response } }, async ({ query, headers }) =>
    list(query, await who(headers.authorization), new Date().toISOString().slice(0, 10)),
  );
  const sum = Type.Number();
  const Days = Type.Object({
    items: Type.Array(Type.Object({ date: Day, calorie: sum, carboHydrate: sum, protein: sum, fat: sum })),
  });
  const OfDays = Type.Object({ period: Period }, { additionalProperties: false });
  app.get("/diet/days", { schema: { querystring: OfDays, response: { 200: Days } } }, async ({ query, headers }) => {
    const username = await who(headers.authorization);
    const items = await mealsOf(username, dayBefore(Number(query.period ?? 1)))
      .select(["date", ...(["calorie", "carboHydrate", "protein", "fat"] as const).map(summed)])
      .groupBy("date")
      .orderBy("date")
      .execute();
    return { items };
  });
}

const summed = <Name extends string>(name: Name) => sql<number>`SUM(${sql.ref(name)})`.as(name);

await runService<DietTables, typeof events, DietEvents>({
  calls: ["auth"],
  events,
  correlationKey: "entryId",
  migrations: dietMigrations,
  handlers: {
    async MealAccepted({ data: { entryId, username, foodId, date }, occurredAt }, { tx, emit }) {
      const gone = tx.selectFrom("withdrawn").select("entryId").where("entryId", "=", entryId);
      if ((await gone.executeTakeFirst()) !== undefined) return;
      const food = await tx.selectFrom("foods").select("foodId").where("foodId", "=", foodId).executeTakeFirst();
      if (food === undefined) return emit("MealRefused", { entryId, username, reason: "There is no such food." });
      await tx
        .insertInto("meals")
        .values({ entryId, username, foodId, date, eatenAt: new Date(occurredAt) })
        .execute();
    },
    async MealWithdrawn({ data: { entryId } }, { tx }) {
      // Kept even where there is no meal yet: one that comes later, out of the dead letters, stays away.
      await tx.insertInto("withdrawn").values({ entryId }).execute();
      await tx.deleteFrom("meals").where("entryId", "=", entryId).execute();
    },
  },
  routes(app, kit) {
    const who = signedIn(kit.edge("auth"));
    foodRoutes(app, kit, who);
    readRoutes(app, kit.db, who);
  },
});
