import assert from "node:assert/strict";
import fc from "fast-check";
import { overlaps, parseBlock, subnet } from "./cidr.ts";

describe("address blocks", () => {
  it("are refused with host bits, without a size and out of range", () => {
    for (const text of ["10.0.0.1/16", "10.0.0.0", "256.0.0.0/8", "10.0.0.0/33", "ten"])
      assert.equal(parseBlock(text), null, text);
  });

  it("give subnets that lie inside and never overlap, whatever the size", () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 20 }), fc.integer({ min: 1, max: 4 }), (bits, more) => {
        const block = parseBlock(`10.0.0.0/${bits}`);
        assert.ok(block);
        const subnets = Array.from({ length: 2 ** more }, (_, index) => parseBlock(subnet(block, bits + more, index)));
        subnets.forEach((one, index) => {
          assert.ok(one && overlaps(block, one));
          for (const other of subnets.slice(index + 1)) assert.ok(other && !overlaps(one, other));
        });
      }),
    );
  });

  it("have no subnet beyond their end", () => {
    assert.throws(() => subnet({ start: 0, bits: 16 }, 18, 4), /holds no \/18 number 4/);
  });
});
