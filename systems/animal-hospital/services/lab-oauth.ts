import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash, createPublicKey, type JsonWebKey, randomBytes, verify } from "node:crypto";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createConnection } from "mysql2/promise";
import { freePort } from "../../../runtime/lab/free-port.ts";
import { type LabServer, NotInstalled, startMariaDb } from "../../../runtime/lab/lab.ts";
import { LabProcess } from "../../../runtime/lab/lab-process.ts";
import { codeOf, type SignedIn } from "./lab-sign-in.ts";

export const SETTINGS = {
  PUBLIC_URL: "http://hospital.example",
  TOKENS_FOR: "animal-hospital",
  DATABASE_USER: "any",
  DATABASE_PASSWORD: "not-asked-for-here",
  KEYS_SECRET: "only-for-this-test",
  DESK_SECRET: "the-desk-of-this-test",
};

type Json = Record<string, unknown>;
interface How {
  readonly replica?: number;
  /** client:secret */
  readonly login?: string;
}

interface Replica {
  readonly process: LabProcess;
  readonly url: string;
}
type PublicKey = JsonWebKey & { readonly kid: string };

/** The authorization server as two processes, as its image has it. */
export class LabOauth {
  readonly databasePort: number;
  readonly #folder: string;
  readonly #database: LabServer;
  readonly #replicas: readonly Replica[];

  private constructor(folder: string, database: LabServer, replicas: readonly Replica[]) {
    this.databasePort = database.port;
    this.#folder = folder;
    this.#database = database;
    this.#replicas = replicas;
  }

  /** Starts it; throws NotInstalled where its packages or a database cannot be had. */
  static async start(): Promise<LabOauth> {
    const database = await startMariaDb();
    const folder = withPackages();
    const connection = await createConnection({ host: "127.0.0.1", port: database.port, user: "any" });
    await connection.query("CREATE DATABASE oauth CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci");
    await connection.end();
    const env = { ...SETTINGS, DATABASE: `jdbc:mariadb://127.0.0.1:${database.port}/oauth` };
    const run = (file: string, own: Record<string, string> = {}) =>
      new LabProcess(`oauth/${file}`, process.execPath, [join(folder, file)], { ...env, ...own });
    const migration = run("migrate.mjs");
    if ((await migration.ended()) !== 0) throw migration.fault("could not make its tables");
    const replicas = await Promise.all(
      [0, 1].map(async () => {
        const port = await freePort();
        const url = `http://127.0.0.1:${port}`;
        const child = run("main.mjs", { PORT: String(port) });
        await child.answers(async () => (await fetch(`${url}/health/ready`)).ok, 30_000);
        return { process: child, url };
      }),
    );
    return new LabOauth(folder, database, replicas);
  }

  /** Asks for a token. */
  async token(form: Record<string, string>, { replica = 0, login }: How = {}): Promise<{ status: number; body: Json }> {
    const basic = login === undefined ? {} : { authorization: `Basic ${Buffer.from(login).toString("base64")}` };
    const init = { method: "POST", headers: basic, body: new URLSearchParams(form) };
    const response = await fetch(`${this.#url(replica)}/oauth/token`, init);
    return { status: response.status, body: (await response.json()) as Json };
  }

  /** The published keys. */
  async jwks(replica = 0): Promise<readonly PublicKey[]> {
    const response = await fetch(`${this.#url(replica)}/.well-known/jwks.json`);
    return ((await response.json()) as { keys: PublicKey[] }).keys;
  }

  /** What a token says, when a published key of a replica verifies it. */
  async verified(token: string, replica = 0): Promise<{ header: Json; claims: Json }> {
    const [head = "", body = "", signature = ""] = token.split(".");
    const read = (text: string) => JSON.parse(Buffer.from(text, "base64url").toString()) as Json;
    const header = read(head);
    const key = (await this.jwks(replica)).find(({ kid }) => kid === header["kid"]);
    assert.ok(key, `no key ${String(header["kid"])} is published`);
    const publicKey = createPublicKey({ key, format: "jwk" });
    assert.ok(verify("sha256", Buffer.from(`${head}.${body}`), publicKey, Buffer.from(signature, "base64url")));
    return { header, claims: read(body) };
  }

  /** Signs in as a person does, each step at the other replica; answers the code and what redeems it. */
  async signIn(name: string, password: string, what: "register" | "sign-in"): Promise<SignedIn> {
    const verifier = randomBytes(32).toString("base64url");
    const urls = this.#replicas.map(({ url }) => url);
    const code = await codeOf(urls, authorize({ code_challenge: challenge(verifier) }), { name, password, do: what });
    if (typeof code !== "string") throw new Error(`could not sign in: ${code.status} ${code.fault}`);
    return { code, verifier };
  }

  /** Signs in with what must be refused; answers how it is. */
  async tryToSignIn(name: string, password: string, what: "register" | "sign-in") {
    const urls = this.#replicas.map(({ url }) => url);
    const code = await codeOf(urls, authorize({ code_challenge: challenge("any") }), { name, password, do: what });
    if (typeof code === "string") throw new Error("somebody was let in");
    return code;
  }

  /** What is said to a request for a sign-in that must be refused. */
  async refusedSignIn(change: Record<string, string>): Promise<string> {
    const path = authorize({ code_challenge: challenge("any"), ...change });
    const response = await fetch(this.#url(0) + path, { redirect: "manual" });
    const location = response.headers.get("location");
    assert.ok(location === null || location.startsWith(REDIRECT), `sent to ${String(location)}`);
    return `${location ?? ""} ${await response.text()}`;
  }

  /** Gives a code for a token. */
  redeem({ code, verifier }: SignedIn, how: How = {}) {
    const form = { grant_type: "authorization_code", client_id: "app", redirect_uri: REDIRECT };
    return this.token({ ...form, code, code_verifier: verifier }, how);
  }

  async close(): Promise<void> {
    await Promise.all(this.#replicas.map(({ process }) => process.kill("SIGTERM")));
    await this.#database.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #url(replica: number): string {
    return this.#replicas[replica]?.url ?? "";
  }
}

const REDIRECT = "http://127.0.0.1/signed-in";

const challenge = (verifier: string) => createHash("sha256").update(verifier).digest("base64url");

function authorize(change: Record<string, string>): string {
  const query = {
    client_id: "app",
    response_type: "code",
    redirect_uri: REDIRECT,
    scope: "openid reservation lookup",
    code_challenge_method: "S256",
    ...change,
  };
  return `/oauth/auth?${new URLSearchParams(query).toString()}`;
}

/** A copy of the program with its packages, as its Dockerfile puts them there. */
function withPackages(): string {
  const folder = mkdtempSync(join(tmpdir(), "slipway-oauth-"));
  cpSync(new URL("oauth/", import.meta.url).pathname, folder, { recursive: true });
  try {
    execFileSync("npm", ["ci", "--prefer-offline", "--no-audit", "--no-fund"], { cwd: folder, stdio: "pipe" });
  } catch {
    rmSync(folder, { recursive: true, force: true });
    throw new NotInstalled("the packages of oauth cannot be had (npm ci)");
  }
  return folder;
}
