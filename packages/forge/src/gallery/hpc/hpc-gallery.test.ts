import assert from "node:assert/strict";
import { test } from "node:test";
import { detectModels } from "../../proficiency/detect-models.ts";
import { faults, withFault } from "./gold.ts";
import { hpcGallery } from "./hpc-gallery.ts";

for (const { name, model, language, kernels } of hpcGallery) {
  test(`${name}: the model of every kernel is found in its source, and not in the wrong one`, () => {
    assert.equal(Object.keys(kernels).length, 6);
    for (const [kernel, gold] of Object.entries(kernels)) {
      assert.deepEqual([...detectModels(gold.source, language)], [model], kernel);
      for (const fault of faults) {
        const { source } = withFault(gold, fault);
        assert.notEqual(source, gold.source);
        const found = [...detectModels(source, language)];
        const same = found.length === 1 && found[0] === model;
        assert.equal(same, fault !== "wrongModel", `${kernel}, ${fault}: ${found}`);
      }
    }
  });
}

test("a change that finds nothing to change is an error, not a correct kernel", () => {
  const gold = {
    source: "a",
    wrongIndex: [["b", "c"]],
    wrongReduction: [],
    wrongModel: "d",
  } as const;
  assert.throws(() => withFault(gold, "wrongIndex"), /b is not in the source/);
});
