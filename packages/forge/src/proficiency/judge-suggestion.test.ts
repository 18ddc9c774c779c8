import assert from "node:assert/strict";
import { test } from "node:test";
import { backendById } from "../backends/registry.ts";
import { withFault } from "../gallery/hpc/gold.ts";
import { hpcGallery } from "../gallery/hpc/hpc-gallery.ts";
import { hpcTasks } from "../tasks/hpc/hpc-tasks.ts";
import { judgeSuggestion } from "./judge-suggestion.ts";

/** A few cells of the gold set; the room of the paper runs all. */
for (const [name, kernel] of [
  ["cpp", "gemv"],
  ["openmp", "spmv"],
  ["fortran", "axpy"],
] as const) {
  test(`${name}: ${kernel} is right, and not with a fault`, async (t) => {
    const column = hpcGallery.find((each) => each.name === name)!;
    const backend = backendById(column.backend);
    const probe = await backend.probe();
    if (!probe.available) return t.skip(probe.reason);
    const gold = column.kernels[kernel];
    const judged = await judgeSuggestion(hpcTasks[kernel], gold, backend, column, { seed: 3 });
    assert.deepEqual([judged.correct, [...judged.models]], [true, [column.model]]);
    for (const fault of ["wrongIndex", "wrongReduction"] as const) {
      const faulty = withFault(gold, fault);
      const seen = await judgeSuggestion(hpcTasks[kernel], faulty, backend, column, { seed: 3 });
      assert.equal(seen.correct, false, fault);
      assert.ok(seen.verdict!.findings.length > 0);
    }
    const other = withFault(gold, "wrongModel");
    const wrong = await judgeSuggestion(hpcTasks[kernel], other, backend, column, { seed: 3 });
    assert.equal(wrong.models.has(column.model), false);
    assert.equal(wrong.verdict, undefined);
  });
}

test("openmp: a region that never runs makes a serial kernel", async (t) => {
  const column = hpcGallery.find(({ name }) => name === "openmp")!;
  const backend = backendById("openmp");
  const probe = await backend.probe();
  if (!probe.available) return t.skip(probe.reason);
  const serial = hpcGallery[0]!.kernels.axpy.source;
  const source = `${serial}
extern "C" void never(float *y, long n) {
#pragma omp parallel for
  for (long i = 0; i < n; i++) y[i] = 0;
}`;
  const candidate = { source, flags: ["-fopenmp"] };
  const judged = await judgeSuggestion(hpcTasks.axpy, candidate, backend, column, { seed: 3 });
  assert.deepEqual([judged.correct, [...judged.models]], [true, ["serial"]]);
});
