import assert from "node:assert/strict";
import { test } from "node:test";
import { tally, type Verdict } from "@daily-kernel/reproduction";
import fc from "fast-check";
import { tallyOf } from "./tally.ts";

test("says the same as the ledger's tally", () => {
  const verdict = fc.constantFrom<Verdict>("holds", "fails", "inconclusive", "not-measured");
  fc.assert(
    fc.property(fc.array(fc.record({ verdict })), (cells) => {
      assert.equal(tallyOf(cells), tally(cells));
    }),
  );
});
