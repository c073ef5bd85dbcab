import type { Kysely, Transaction } from "kysely";
import type { Static } from "typebox";
import { correlationHeaders } from "../process/correlation.ts";
import { isDeadlock, isDuplicateKey } from "../database/database-error.ts";
import type { Catalogue, Codec } from "./envelope.ts";
import type { KitTables } from "../database/kit-tables.ts";

/** What business code may do within one transaction: change rows, and say what happened. Both or neither become true. */
export interface Work<Tables, Events extends Catalogue, Published extends keyof Events & string> {
  readonly tx: Transaction<Tables>;
  emit<Name extends Published>(name: Name, data: Static<Events[Name]>): Promise<void>;
}

export type Transact<Tables, Events extends Catalogue, Published extends keyof Events & string> = <Result>(
  work: (work: Work<Tables, Events, Published>) => Promise<Result>,
) => Promise<Result>;

const ATTEMPTS = 3;

/** Runs work in a transaction; a lost race is run again, and the relay is woken when events were written. */
export function createTransact<Tables, Events extends Catalogue, Published extends keyof Events & string>(
  db: Kysely<Tables>,
  codec: Codec,
  wakeRelay: () => void,
): Transact<Tables, Events, Published> {
  return async (work) => {
    for (let attempt = 1; ; attempt += 1) {
      let emitted = 0;
      try {
        const result = await db.transaction().execute((tx) =>
          work({
            tx,
            async emit(name, data) {
              emitted += 1;
              await writeOutbox(tx as unknown as Transaction<KitTables>, codec, name, data);
            },
          }),
        );
        if (emitted > 0) wakeRelay();
        return result;
      } catch (error) {
        if (attempt >= ATTEMPTS || !isLostRace(error)) throw error;
      }
    }
  };
}

async function writeOutbox(tx: Transaction<KitTables>, codec: Codec, name: string, data: unknown): Promise<void> {
  const { event, value } = codec.encode(name, data as Record<string, unknown>);
  const headers = { eventId: event.eventId, eventType: name, version: "1", ...correlationHeaders() };
  await tx
    .insertInto("outbox")
    .values({
      eventId: event.eventId,
      eventType: name,
      messageKey: event.key,
      value,
      headers: JSON.stringify(headers),
      createdAt: new Date(),
    })
    .execute();
}

/** Another transaction was first, at a lock or at inserting a row: seen again, its result is there. */
const isLostRace = (error: unknown) => isDuplicateKey(error) || isDeadlock(error);
