import assert from "node:assert/strict";
import { test } from "node:test";
import { spmv } from "./csr.ts";
import { readMatrixMarket } from "./matrix-market.ts";

test("the coordinate form, with comments, general and symmetric, real and pattern", () => {
  const general = readMatrixMarket(
    "%%MatrixMarket matrix coordinate real general\n% a comment\n\n2 3 3\n2 1 -1.5e0\n1 3 2\n1 1 4\n",
  );
  assert.deepEqual([general.rows, general.cols], [2, 3]);
  assert.deepEqual([...spmv(general, [1, 10, 100])], [204, -1.5]);
  const symmetric = readMatrixMarket(
    "%%MatrixMarket matrix coordinate integer symmetric\r\n2 2 2\r\n1 1 2\r\n2 1 5\r\n",
  );
  assert.deepEqual([...spmv(symmetric, [1, 10])], [52, 5]);
  const skew = readMatrixMarket(
    "%%MatrixMarket matrix coordinate real skew-symmetric\n2 2 1\n2 1 5\n",
  );
  assert.deepEqual([...spmv(skew, [1, 10])], [-50, 5]);
  const pattern = readMatrixMarket(
    "%%MatrixMarket matrix coordinate pattern general\n1 2 1\n1 2\n",
  );
  assert.deepEqual([...spmv(pattern, [3, 4])], [4]);
});

test("a damaged file is refused with its line", () => {
  const head = "%%MatrixMarket matrix coordinate real general\n";
  for (const [text, message] of [
    ["hello", /line 1: expected/],
    ["%%MatrixMarket matrix array real general\n", /line 1: expected/],
    ["%%MatrixMarket matrix coordinate complex general\n", /line 1: the field/],
    ["%%MatrixMarket matrix coordinate real hermitian\n", /line 1: the symmetry/],
    [head, /line of sizes is missing/],
    [`${head}2 2\n`, /line 2: expected the numbers/],
    [`${head}2 2 1\n3 1 1\n`, /line 3: row and column must be in 1..2 and 1..2/],
    [`${head}2 2 1\n1 1 x\n`, /line 3: expected a finite value/],
    [`${head}2 2 2\n1 1 1\n`, /2 entries were announced and 1 came/],
    [`${head}2 2 2\n1 1 1\n1 1 2\n`, /line 4: entry \(1, 1\) is given twice/],
  ] as const) {
    assert.throws(() => readMatrixMarket(text), { message, code: "ERR_DATA" }, text);
  }
  assert.throws(() => readMatrixMarket(3 as never), { code: "ERR_TYPE" });
});
