const PRICE_WON = 30_000; // one portion
const LIMIT_WON = 3_000_000; // what the bank of this reference system lends

/** What an order costs, and whether that is too much. */
export function decide(portions: number): { amount: number; reason: string | null } {
  const amount = portions * PRICE_WON;
  return { amount, reason: amount > LIMIT_WON ? `${amount} won is over the limit of ${LIMIT_WON} won` : null };
}
