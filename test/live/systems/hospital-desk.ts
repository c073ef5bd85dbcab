import type { Reply } from "../shop.ts";
import type { Running } from "../running.ts";

const EVERY_SCOPE = "reservation treatment billing lookup notice";
/** A token lives for ten minutes. */
const FRESH_MS = 300_000;

/** Signs with the key of the hospital's issuer what it would never sign; `claims` stands for them. */
const SIGN = `const {SignJWT,importPKCS8}=await import("jose");const [{kid,pem}]=keysAt(await readKeys(db,settings.keysSecret),Date.now());
console.log(await new SignJWT(claims).setProtectedHeader({alg:"RS256",kid}).sign(await importPKCS8(pem,"RS256")));`;

/** Makes the next key, as the last one has signed for a month; in an hour it would sign. */
const NEXT_KEY = `await db.query("UPDATE signing_keys SET created_at = created_at - ?",[31*86400000]);await readKeys(db,settings.keysSecret);`;
/** Lets that hour be over. */
const KEY_SIGNS = `await db.query("UPDATE signing_keys SET created_at = created_at - ? ORDER BY created_at DESC LIMIT 1",[7200000]);`;

/** The desk of animal-hospital: a program that signs in at the hospital's own issuer, and what may go wrong with its tokens. */
export class HospitalDesk {
  readonly #running: () => Running;
  #kept: { readonly token: string; readonly until: number } | undefined;

  constructor(running: () => Running) {
    this.#running = running;
  }

  /** Sends a request with a token for everything. */
  async send(method: string, path: string, body?: object): Promise<Reply> {
    if (this.#kept === undefined || this.#kept.until < Date.now())
      this.#kept = { token: await this.token(), until: Date.now() + FRESH_MS };
    return this.sendWith(this.#kept.token, method, path, body);
  }

  /** The same with this token, or without one. */
  async sendWith(token: string | null, method: string, path: string, body?: object, more = {}): Promise<Reply> {
    const authorization: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
    return this.#running().shop.send(method, path, body, { ...authorization, ...more });
  }

  /** A new token with these scopes. */
  async token(scope = EVERY_SCOPE): Promise<string> {
    const { launched, pods } = this.#running();
    const secret = await launched.kubectl("exec", await pods.deployment("oauth"), "--", "printenv", "DESK_SECRET");
    const response = await fetch(`${launched.entry}/oauth/token`, {
      method: "POST",
      headers: { authorization: `Basic ${Buffer.from(`desk:${secret.trim()}`).toString("base64")}` },
      body: new URLSearchParams({ grant_type: "client_credentials", scope }),
    });
    const { access_token: token } = (await response.json()) as { access_token?: string };
    if (response.status !== 200 || token === undefined) throw new Error(`the desk got no token: ${response.status}`);
    return token;
  }

  /** A token that the issuer's own key signed, with other claims than it would sign. */
  async signed(change: Readonly<Record<string, unknown>>): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const iss = this.#running().launched.entry;
    const right = { iss, aud: "animal-hospital", sub: "desk", scope: EVERY_SCOPE, iat: now, exp: now + 300 };
    return this.#inOauth(`const claims=${JSON.stringify({ ...right, ...change })};${SIGN}`);
  }

  async publishNextKey(): Promise<void> {
    await this.#inOauth(NEXT_KEY);
  }

  async letNextKeySign(): Promise<void> {
    await this.#inOauth(KEY_SIGNS);
  }

  async #inOauth(script: string): Promise<string> {
    const { pods } = this.#running();
    const [pod = ""] = await pods.of("oauth");
    const opened =
      'const {openDatabase}=await import("/app/database.mjs");const {readSettings}=await import("/app/settings.mjs");const {readKeys,keysAt}=await import("/app/keys.mjs");const settings=readSettings(process.env);const db=openDatabase(settings.database);';
    return pods.evaluate(pod, `(async()=>{${opened}${script}await db.end();})()`);
  }
}

/** Which key signed a token. */
export function keyOf(token: string): string {
  const [head = ""] = token.split(".");
  return String((JSON.parse(Buffer.from(head, "base64url").toString()) as { kid?: string }).kid);
}
