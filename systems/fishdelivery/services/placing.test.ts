import assert from "node:assert/strict";
import { abandonForgotten } from "./placing.ts";

describe("placements whose process died", () => {
  it("are all given up, whatever becomes of one of them, and the failure is told", async () => {
    let tried = 0;
    const rows = [{ orderId: "o1" }, { orderId: "o2" }, { orderId: "o3" }];
    const found = { select: () => found, where: () => found, limit: () => found, execute: async () => rows };
    const kit = {
      db: { selectFrom: () => found },
      transact: async () => {
        tried += 1;
        if (tried === 1) throw new Error("this one cannot be given up");
      },
    };
    await assert.rejects(abandonForgotten(kit as unknown as Parameters<typeof abandonForgotten>[0]), AggregateError);
    assert.equal(tried, rows.length);
  });
});
