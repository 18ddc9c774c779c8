import assert from "node:assert/strict";
import { test } from "node:test";
import { backendById } from "../../backends/registry.ts";
import { verifyCandidate } from "../../judge/verify.ts";
import { detectModels } from "../../proficiency/detect-models.ts";
import { hpcTasks } from "../../tasks/hpc/hpc-tasks.ts";
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

const backend = backendById("cpp");
const probe = await backend.probe();

test("the tuned product beyond one block of every size: more rows, columns and terms than it packs", {
  skip: probe.available ? false : probe.reason,
}, async () => {
  const { kernels } = hpcGallery.find(({ name }) => name === "cpp")!;
  const shapes = [
    [50, 70, 800],
    [13, 4200, 3],
  ];
  const options = { seed: 1, shapes, families: ["normal"] } as const;
  const right = await verifyCandidate(hpcTasks.gemm, kernels.gemm, backend, options);
  assert.ok(right.accepted, JSON.stringify(right.findings));
  const forgetful = kernels.gemm.source.replace("first ? s[i][j] : *to + s[i][j]", "s[i][j]");
  assert.notEqual(forgetful, kernels.gemm.source);
  const wrong = await verifyCandidate(hpcTasks.gemm, { source: forgetful }, backend, options);
  assert.equal(wrong.accepted, false);
});
