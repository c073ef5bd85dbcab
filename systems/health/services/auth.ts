import { randomUUID } from "node:crypto";
import { createLocalJWKSet } from "jose";
import Type from "typebox";
import { conflict, Refusal } from "../../../runtime/http/refusal.ts";
import type { Http } from "../../../runtime/http/http.ts";
import { type Kit, runService } from "../../../runtime/service.ts";
import { Id, Username } from "./events.ts";
import { KEYS_PATH, keysContract } from "./keys-contract.ts";
import { hashPassword, isPassword } from "./passwords.ts";
import { bearerOf, subjectOf } from "./signed-in.ts";
import { type KeyTables, SigningKeys } from "./signing-keys.ts";

const Name = Type.String({ minLength: 1, maxLength: 100 });
const Password = Type.String({ minLength: 10, maxLength: 200 });
const User = Type.Object({ id: Id, username: Username, firstName: Name, lastName: Name });

interface Tables extends KeyTables {
  users: { id: string; username: string; firstName: string; lastName: string; password: string; createdAt: Date };
}
type AuthKit = Kit<Tables, Record<never, never>, never>;

const HOUR_MS = 3_600_000;

const keysOf = ({ db }: AuthKit) => new SigningKeys(db as never, process.env["KEYS_SECRET"] ?? "");

function accountRoutes(app: Http, kit: AuthKit): void {
  const Registration = Type.Object(
    { username: Username, password: Password, firstName: Name, lastName: Name },
    { additionalProperties: false },
  );
  app.post(
    "/auth/register",
    { schema: { body: Registration, response: { 201: User } } },
    async ({ body: { password, ...person } }, reply) => {
      const user = { id: randomUUID(), ...person, password: await hashPassword(password), createdAt: new Date() };
      await kit.transact(async ({ tx }) => {
        const taken = tx.selectFrom("users").select("id").where("username", "=", person.username);
        if ((await taken.executeTakeFirst()) !== undefined) throw conflict("This username is taken.");
        await tx.insertInto("users").values(user).execute();
      });
      return reply.code(201).send(user);
    },
  );
  const Login = Type.Object({ username: Username, password: Password }, { additionalProperties: false });
  const Token = Type.Object({ username: Username, token: Type.String(), expiresIn: Type.Integer() });
  app.post("/auth/login", { schema: { body: Login, response: { 200: Token } } }, async ({ body }) => {
    const { username } = body;
    const user = await userOf(kit, username);
    if (!(await isPassword(body.password, user?.password)))
      throw new Refusal(401, "unauthorized", "Username or password is wrong.");
    return { username, ...(await keysOf(kit).sign(username)) };
  });
}

function tokenRoutes(app: Http, kit: AuthKit): void {
  app.get(KEYS_PATH, { schema: { response: { 200: keysContract.response } } }, async (_request, reply) =>
    reply.header("cache-control", "max-age=60").send({ keys: await keysOf(kit).shown() } as never),
  );
  const MyPage = Type.Object({ userInfo: User });
  app.get("/auth/my_page", { schema: { response: { 200: MyPage } } }, async ({ headers }) => {
    const token = bearerOf(headers.authorization);
    const username = await subjectOf(token, createLocalJWKSet({ keys: await keysOf(kit).shown() }));
    const userInfo = await userOf(kit, username);
    if (userInfo === undefined) throw new Refusal(401, "unauthorized", "There is no such person any more.");
    return { userInfo };
  });
}

const userOf = ({ db }: AuthKit, username: string) =>
  db.selectFrom("users").selectAll().where("username", "=", username).executeTakeFirst();

await runService<Tables, Record<never, never>, never>({
  events: {},
  correlationKey: "entryId",
  migrations: [
    {
      name: "auth-1",
      statements: [
        `CREATE TABLE IF NOT EXISTS users (
    id CHAR(36) PRIMARY KEY, username VARCHAR(50) NOT NULL UNIQUE, first_name VARCHAR(100) NOT NULL, last_name VARCHAR(100) NOT NULL,
    password VARCHAR(100) NOT NULL, created_at DATETIME(3) NOT NULL)`,
        `CREATE TABLE IF NOT EXISTS signing_keys (
    kid CHAR(36) PRIMARY KEY, public_half VARCHAR(500) NOT NULL, secret_half VARCHAR(2000) NOT NULL, created_at DATETIME(3) NOT NULL,
    KEY created_at (created_at))`,
      ],
    },
  ],
  every: [{ ms: HOUR_MS, run: (kit) => keysOf(kit).rotate() }],
  routes(app, kit) {
    accountRoutes(app, kit);
    tokenRoutes(app, kit);
  },
});
