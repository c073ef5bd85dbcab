import { createHash } from "node:crypto";
import type { Transaction } from "kysely";
import Type from "typebox";
import { Refusal } from "../../../runtime/http/refusal.ts";

/** Requests that were answered already, by the key that their sender gave them. */
export interface Request {
  idempotencyKey: string;
  requestHash: string;
  madeId: string;
}

export const REQUESTS_TABLE = `CREATE TABLE IF NOT EXISTS requests (
    idempotency_key VARCHAR(100) COLLATE utf8mb4_bin PRIMARY KEY, request_hash CHAR(64) NOT NULL, made_id CHAR(36) NOT NULL)`;

export const OnceHeaders = Type.Object({
  "idempotency-key": Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
});

/**
 * The id of what this request made before, or undefined and a note that it makes `madeId` now. Without a key every request is a new one.
 * Of two at the same moment one waits for the other. Refuses a key that was used for something else.
 */
export async function madeBefore(
  work: { readonly tx: unknown },
  idempotencyKey: string | undefined,
  body: object,
  madeId: string,
): Promise<string | undefined> {
  if (idempotencyKey === undefined) return undefined;
  const tx = work.tx as Transaction<{ requests: Request }>; // whatever else is in this database
  const sorted = JSON.stringify(Object.entries(body).sort());
  const requestHash = createHash("sha256").update(sorted).digest("hex");
  const known = await tx
    .selectFrom("requests")
    .selectAll()
    .where("idempotencyKey", "=", idempotencyKey)
    .executeTakeFirst();
  if (known === undefined) {
    await tx.insertInto("requests").values({ idempotencyKey, requestHash, madeId }).execute();
    return undefined;
  }
  if (known.requestHash !== requestHash)
    throw new Refusal(422, "idempotency_key_reused", "This Idempotency-Key was used for a different request.");
  return known.madeId;
}
