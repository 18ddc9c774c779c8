import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { gridText, parseGrid, workgroupsOf } from "./grid.ts";

test("rules are read with their sizes, and sizes have defaults", () => {
  assert.deepEqual(parseGrid("element:128"), { per: "element", size: 128 });
  assert.deepEqual(parseGrid("element"), { per: "element", size: 64 });
  assert.deepEqual(parseGrid("row"), { per: "row", size: 1 });
  assert.deepEqual(parseGrid("tile:8"), { per: "tile", size: 8 });
  assert.deepEqual(parseGrid("one"), { per: "one", size: 1 });
});

test("what is no rule is refused", () => {
  for (const bad of ["", "one:1", "row:0", "tile:", "elements:64", "tile:16x16", " row"])
    assert.throws(() => parseGrid(bad), { code: "ERR_TYPE" });
  assert.throws(() => parseGrid("row:1025"), { code: "ERR_DOMAIN" });
});

test("text and rule are one another's inverse", () => {
  const per = fc.constantFrom("element" as const, "row" as const, "tile" as const);
  fc.assert(
    fc.property(per, fc.integer({ min: 1, max: 1024 }), (per, size) => {
      assert.deepEqual(parseGrid(gridText({ per, size })), { per, size });
    }),
  );
});

const byInvocation = "@builtin(global_invocation_id) id: vec3<u32>";
const byGroup = "@builtin(workgroup_id) id: vec3<u32>";

test("there are enough workgroups for every element, row and tile, and not many more", () => {
  const groups = (rule: string, source: string, output: number[], input: number[]) =>
    workgroupsOf(parseGrid(rule), source, output, input);
  assert.deepEqual(groups("element:64", byInvocation, [7, 19], [7, 19]), [3, 1, 1]);
  assert.deepEqual(groups("row", byGroup, [7, 19], [7, 19]), [7, 1, 1]);
  assert.deepEqual(groups("row:4", byInvocation, [7, 19], [7, 19]), [2, 1, 1]);
  assert.deepEqual(groups("row:4", byGroup, [7, 19], [7, 19]), [7, 1, 1]);
  assert.deepEqual(groups("row", byGroup, [7], [7, 19]), [7, 1, 1]);
  assert.deepEqual(groups("row", byGroup, [300], [300]), [1, 1, 1]);
  assert.deepEqual(groups("tile:16", byInvocation, [17, 100], [17, 5]), [7, 7, 1]);
  assert.deepEqual(groups("tile:16", byInvocation, [3, 17, 10], [3, 17, 5]), [2, 2, 3]);
  assert.deepEqual(groups("one", byGroup, [7, 19], [7, 19]), [1, 1, 1]);
  assert.deepEqual(groups("element:64", byInvocation, [0], [0]), [1, 1, 1]);
});
