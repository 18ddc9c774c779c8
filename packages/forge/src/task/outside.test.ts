import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { curate } from "../curate/curate.ts";
import { arl, difficultyBins } from "../curate/difficulty.ts";
import { exportSft } from "../curate/export-sft.ts";
import { kendall } from "../curate/kendall.ts";
import { lengthAccuracyCurve } from "../curate/length-accuracy.ts";
import { overlap } from "../curate/overlap.ts";
import { TracePool } from "../curate/trace-pool.ts";
import { withinTaskEffect } from "../curate/within-task-effect.ts";
import { detectModels } from "../proficiency/detect-models.ts";
import { parseSuggestions } from "../proficiency/parse-suggestions.ts";
import { proficiency } from "../proficiency/proficiency.ts";
import { proficiencyMatrix } from "../proficiency/proficiency-matrix.ts";
import { scaffold } from "../proficiency/scaffold.ts";
import { checkCsr } from "../tasks/hpc/csr.ts";
import { readMatrixMarket } from "../tasks/hpc/matrix-market.ts";
import { tasks } from "../tasks/registry.ts";
import { filterTask } from "./filter/filter-task.ts";

const none = null as never;
const thrown = (code: string, message: RegExp, work: () => unknown) =>
  assert.throws(work, { code, message });

test("every task refuses sizes that it does not have, wherever they are given", () => {
  for (const id of ["matmul", "hpc/gemm", "fusion/gemm_max_subtract_gelu", "index/gather"]) {
    const task = tasks.get(id);
    for (const name of ["inputs", "outputs", "weights", "flops", "bytes"] as const) {
      const asked = (dims: readonly number[]) => () => task[name](dims);
      thrown("ERR_SHAPE", /dims must be \[/, asked([3]));
      for (const size of [-1, 1.5, Number.NaN]) {
        thrown("ERR_DOMAIN", /must be a whole number/, asked(task.published.map(() => size)));
      }
    }
    const dims = task.scaled(64);
    thrown("ERR_TYPE", /family/, () => task.draw(dims, "foo" as never, new Rng(1)));
    thrown("ERR_TYPE", /rng/, () => task.draw(dims, "uniform", 3 as never));
  }
});

test("a source without code uses no model of its own", () => {
  for (const source of ["", "// a comment\n", "\n\n"]) {
    assert.deepEqual([...detectModels(source, "cpp")], ["serial"]);
  }
});

test("a skew-symmetric file stores no diagonal", () => {
  const file = "%%MatrixMarket matrix coordinate real skew-symmetric\n2 2 1\n1 1 1\n";
  thrown("ERR_DATA", /line 3/, () => readMatrixMarket(file));
});

test("errors carry a code and name the function and the argument", async () => {
  const relu = tasks.get("relu");
  const filter = (options: object) => () => filterTask(relu, options);
  thrown("ERR_TYPE", /^filterTask: task/, () => filterTask(none));
  thrown("ERR_TYPE", /seeds/, filter({ seeds: "4" }));
  thrown("ERR_DOMAIN", /tolerances\[0\]/, filter({ tolerances: [-1] }));
  thrown("ERR_DOMAIN", /threshold/, filter({ threshold: Number.NaN }));
  thrown("ERR_TYPE", /family/, filter({ family: "foo" }));
  thrown("ERR_TYPE", /^checkCsr: matrix/, () => checkCsr(none));
  thrown("ERR_DOMAIN", /^proficiency: model/, () => proficiency([], "foo" as never));
  thrown("ERR_TYPE", /merge/, () => proficiency([], "openmp", { merge: 1 as never }));
  thrown("ERR_TYPE", /first/, () => proficiency([], "openmp", { first: "1" as never }));
  thrown("ERR_TYPE", /suggestions\[0\]/, () => proficiency([none], "openmp"));
  thrown("ERR_TYPE", /separators/, () => parseSuggestions("a", 5 as never));
  thrown("ERR_TYPE", /results/, () => proficiencyMatrix(none));
  thrown("ERR_TYPE", /completion/, () => scaffold("axpy", "openmp")(none));
  thrown("ERR_TYPE", /^curate: pool/, () => curate(none));
  thrown("ERR_TYPE", /^curate: options/, () => curate(new TracePool(), none));
  thrown("ERR_TYPE", /^lengthAccuracyCurve: pool/, () => lengthAccuracyCurve(none));
  thrown("ERR_TYPE", /^arl: pool/, () => arl(none));
  thrown("ERR_TYPE", /^withinTaskEffect: pool/, () => withinTaskEffect(none));
  thrown("ERR_TYPE", /^difficultyBins: values/, () => difficultyBins(none));
  thrown("ERR_TYPE", /^kendall: x/, () => kendall(none, [1]));
  thrown("ERR_TYPE", /^overlap: poolTasks/, () => overlap(none, []));
  const options = { format: "chatml", tasks: [], evalTasks: [] } as never;
  await assert.rejects(exportSft([], options), { code: "ERR_TYPE", message: /reverify/ });
});
