import { createHash, randomUUID } from "node:crypto";
import { Value } from "typebox/value";
import { CalleeUnavailable, tryLater } from "../../../runtime/http/edge.ts";
import { Refusal } from "../../../runtime/http/refusal.ts";
import type { Kit } from "../../../runtime/service.ts";
import { assignmentContract } from "./assignment-contract.ts";
import type { CallEvents, CallRow, CallTables, CallWork } from "./call-rows.ts";
import type { Details, events } from "./events.ts";

export type CallKit = Kit<CallTables, typeof events, CallEvents>;

/**
 * Takes a call: it stands only once cleanmanage has taken the request to assign somebody. What cleanmanage took for a call that then does not
 * stand is only asked for; nobody is assigned before the call is announced, and cleanmanage forgets it.
 */
export async function placeCall(kit: CallKit, details: Details, givenKey: string | undefined): Promise<CallRow> {
  const { tel, location, cost } = details;
  const requestHash = createHash("sha256")
    .update(JSON.stringify([tel, location, cost]))
    .digest("hex");
  const idempotencyKey = givenKey ?? randomUUID();
  const known = await kit.transact((work) => knownCall(work, idempotencyKey, requestHash));
  if (known !== undefined) return known;
  const callId = randomUUID();
  await askAssignment(kit, callId, details);
  const now = new Date();
  const row: CallRow = {
    ...{ callId, tel, location, cost, idempotencyKey, requestHash },
    ...{ status: "CALLED", createdAt: now, updatedAt: now },
  };
  return kit.transact(async (work) => {
    // The same request, sent twice at once: the first to get here made the call.
    const first = await knownCall(work, idempotencyKey, requestHash);
    if (first !== undefined) return first;
    await work.tx.insertInto("calls").values(row).execute();
    await work.emit("Cleancalled", { callId, tel, location, cost });
    return row;
  });
}

async function knownCall({ tx }: CallWork, key: string, requestHash: string): Promise<CallRow | undefined> {
  const known = await tx.selectFrom("calls").selectAll().where("idempotencyKey", "=", key).executeTakeFirst();
  if (known !== undefined && known.requestHash !== requestHash)
    throw new Refusal(422, "idempotency_key_reused", "This Idempotency-Key was used for another call.");
  return known;
}

async function askAssignment(kit: CallKit, callId: string, { tel, location, cost }: Details): Promise<void> {
  const { call, settings } = kit.edge("cleanmanage");
  const body = { callId, tel, location, cost };
  try {
    const answer = await call({ method: "POST", path: "/cleanmanages", body, idempotent: true });
    if (answer.status !== 201 || !Value.Check(assignmentContract.response, answer.body))
      throw new CalleeUnavailable("cleanmanage", "client_error");
  } catch (error) {
    throw error instanceof CalleeUnavailable ? tryLater(error, settings) : error;
  }
}
