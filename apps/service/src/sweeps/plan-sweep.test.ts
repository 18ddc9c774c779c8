import assert from "node:assert/strict";
import { test } from "node:test";
import { backends } from "@daily-kernel/forge/node";
import { forgeQueue, queues } from "../jobs/queues.ts";
import { planSweep, type SweepArgs } from "./plan-sweep.ts";

const improve: SweepArgs = {
  kind: "improve",
  tasks: ["relu", "matmul"],
  backends: ["cpp", "openmp"],
  seeds: [1, 2, 2],
};
const kernels = { "relu.cpp": "// relu", "openmp/relu.cpp": "// parallel" };
const bench: SweepArgs = { ...improve, kind: "bench", tasks: ["relu"], kernels };

test("every back end has a queue", () => {
  for (const { id } of backends()) assert.ok(forgeQueue(id) in queues, id);
});

test("a cell for every task, back end and seed", async () => {
  const { cells } = await planSweep(improve);
  assert.deepEqual(
    cells.map(({ task, backend, seed }) => [task, backend, seed].join(" ")),
    ["relu", "matmul"].flatMap((task) =>
      ["cpp", "openmp"].flatMap((backend) => [1, 2].map((seed) => `${task} ${backend} ${seed}`)),
    ),
  );
  assert.deepEqual(cells[0]!.request, { dims: [2 ** 21], evaluations: 30, strategy: "advised" });
});

test("of a category what can be done, and what cannot is told", async () => {
  const { tasks: _, ...rest } = improve;
  const { cells, leftOut } = await planSweep({ ...rest, category: "hpc", backends: ["cpp"] });
  assert.ok(cells.some(({ task }) => task === "hpc/gemm"));
  assert.ok(leftOut.includes("hpc/spmv has no templates for cpp"));
});

test("a kernel comes from the back end's own folder first, its baseline from the templates", async () => {
  const { cells } = await planSweep({ ...bench, flags: ["-O2"], dims: [100] });
  const told = cells.map(({ request }) => request) as { kernel: object; baseline: object }[];
  assert.deepEqual(told[0]!.kernel, { source: "// relu", flags: ["-O2"] });
  assert.deepEqual(told[2]!.kernel, { source: "// parallel", flags: ["-O2"] });
  assert.match(JSON.stringify(told[0]!.baseline), /forge_kernel/);
  const own = { ...kernels, "relu.baseline.cpp": "// slow" };
  const [first] = (await planSweep({ ...bench, kernels: own })).cells;
  assert.deepEqual((first!.request as { baseline: object }).baseline, { source: "// slow" });
});

test("what cannot be is refused in a line, with a code", async () => {
  const { tasks: _, ...untold } = improve;
  const refused: [SweepArgs, string, RegExp][] = [
    [{ ...improve, tasks: ["relu", "matmull"] }, "ERR_UNKNOWN_TASK", /did you mean .*matmul/],
    [{ ...improve, backends: ["cpp", "cp"] }, "ERR_UNKNOWN_BACKEND", /there are cpp, cuda/],
    [untold, "ERR_INPUT", /name the tasks/],
    [{ ...improve, category: "hpc" }, "ERR_INPUT", /name the tasks of a sweep, or a category/],
    [{ ...untold, category: "hpx" }, "ERR_TYPE", /category must be one of/],
    [{ ...untold, category: "loss" }, "ERR_INPUT", /nothing of loss can be done/],
    [{ ...improve, backends: [] }, "ERR_INPUT", /at least one back end/],
    [{ ...improve, dims: [4] }, "ERR_INPUT", /matmul has the sizes .*, got 1 numbers/],
    [{ ...improve, backends: ["wasm"] }, "ERR_INPUT", /relu has no templates for wasm/],
    [{ ...bench, tasks: ["softmax"] }, "ERR_INPUT", /there is no kernel softmax\.cpp/],
    [
      { ...bench, backends: ["wasm"], kernels: { "relu.ts": "x" } },
      "ERR_INPUT",
      /add relu\.baseline\.ts/,
    ],
    [{ ...bench, grid: "rows" }, "ERR_TYPE", /parseGrid/],
    [{ ...improve, kind: "guess" as never }, "ERR_INPUT", /improve or bench/],
  ];
  for (const [args, code, message] of refused)
    await assert.rejects(planSweep(args), { code, message });
});
