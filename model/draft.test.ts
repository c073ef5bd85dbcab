import assert from "node:assert/strict";
import { checkSystem } from "./check.ts";
import { draftSystem } from "./draft.ts";
import { fact } from "./words/value.ts";

describe("a draft", () => {
  const draft = draftSystem({
    name: "shop",
    stores: { carts: { kind: "redis" } },
    services: {
      front: {
        from: { image: "front:1" },
        answers: { http: { listens: 80 } },
        routes: [{ path: "/" }],
        calls: { cart: {} },
        reads: { CART: fact("cart", "address") },
      },
      cart: { from: { image: "cart:1" }, answers: { grpc: { protocol: "grpc", listens: 70 } }, uses: { carts: {} } },
    },
  });

  it("is refused with everything that nobody has said yet, and with nothing else", () => {
    const open = checkSystem(draft).filter(({ kind }) => kind === "missing-word");
    assert.deepEqual(open.map(({ path }) => path.replace(/^.*[ .]/, "")).toSorted(), [
      ...["access", "entry", "keeps", "may", "onFailure", "owner", "protocol", "purpose", "purpose", "purpose"],
      ...["reason", "slo", "slo", "tier", "tier", "transactional"],
    ]);
  });

  it("keeps its names: the compiler refuses who is not there", () => {
    // @ts-expect-error nobody is called basket
    const wrong = draftSystem({ name: "a", services: { b: { from: { image: "b" }, calls: { basket: {} } } } });
    // @ts-expect-error a mistyped word
    draftSystem({ name: "a", services: { b: { from: { image: "b" }, rout: [] } } });
    assert.ok(checkSystem(wrong).some(({ kind }) => kind === "unknown-callee"));
  });
});
