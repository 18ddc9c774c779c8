import { measure, plainTasks, rejecting, spaces, timingInputs } from "@daily-kernel/forge";
import { cpp, improve, machineRoofs } from "@daily-kernel/forge/node";
import { memoryKernels } from "./forge-search/memory.ts";
import { openBlasKernel } from "./forge-search/open-blas.ts";
import { printTable } from "./peers/table.ts";

export const about =
  "template search: naive C++ by g++ -O3, OpenBLAS for products, a copy or a sum for what memory bounds";

/** What is searched, with how many evaluations. */
const cases = [
  { id: "matmul", dims: [512, 512, 512], evaluations: 30 },
  { id: "matmul", dims: [2048, 2048, 2048], evaluations: 12 },
  { id: "softmax", dims: [512, 1024], evaluations: 15 },
  { id: "relu", dims: [1 << 24], evaluations: 15 },
  { id: "rowmean", dims: [4096, 4096], evaluations: 15 },
] as const;

const interval = ([low, high]: readonly [number, number]) =>
  `(${low.toPrecision(3)}-${high.toPrecision(3)})`;

/** Searches, then times the best beside the naive kernel and OpenBLAS; all on one thread. */
export async function run(): Promise<void> {
  const backend = cpp();
  const probe = await backend.probe();
  if (!probe.available) return console.log(`needs g++: ${probe.reason}`);
  const roofs = await machineRoofs(backend, { again: true });
  const { flopsPerSecond, bandwidth } = roofs.roofs[0]!;
  console.log(
    `${probe.hardware}; one thread: ${(flopsPerSecond / 1e9).toFixed(0)} GFLOP/s, ${(bandwidth.at(-1)!.bytesPerSecond / 1e9).toFixed(1)} GB/s from memory\n`,
  );
  const rows: Record<string, string>[] = [];
  for (const { id, dims, evaluations } of cases) {
    const task = plainTasks.find((each) => each.id === id)!;
    const found = await improve({ task, dims, backend, evaluations, seed: 1 });
    const { best, final } = found;
    if (!best || !final) continue;
    const flops = task.flops(dims);
    const rate = (ns: number) =>
      found.bound.by === "arithmetic"
        ? `${(flops / ns).toFixed(1)} GFLOP/s`
        : `${(task.bytes(dims) / ns).toFixed(1)} GB/s`;
    const row = {
      task: `${id} ${dims.join("x")}`,
      naive: rate(final.baselineMedianNs),
      found: rate(final.medianNs),
      ratio: `${final.speedup.toPrecision(3)}x ${interval(final.speedupCI)}`,
      roof: `${(100 * (final.rooflineFraction ?? 0)).toFixed(0)} %`,
      evaluations: `${best.round + 1} of ${found.evaluations}`,
      "over 25x at": `${found.attempts.findIndex(({ correct, timing }) => correct && timing!.speedup >= 25) + 1 || "-"}`,
      peer: "",
      "peer ratio": "",
    };
    if (id === "matmul") {
      const blas = await openBlasKernel();
      if (typeof blas === "string") row.peer = blas;
      else {
        const timing = await measure(task, best.proposal, blas.candidate, {
          backend,
          baselineBackend: blas.backend,
          dims,
          inputs: timingInputs(task, dims, { sets: 1 }),
        });
        const refused = timing.flags.filter((flag) => rejecting.has(flag));
        row.peer = `OpenBLAS ${rate(timing.baselineMedianNs)}`;
        row["peer ratio"] =
          `${timing.speedup.toPrecision(3)}x ${interval(timing.speedupCI)}${refused.join(", ")}`;
      }
    }
    const memory = memoryKernels[id];
    if (memory) {
      // One set of numbers: what the copy leaves is no answer, and nobody looks at it.
      const inputs = timingInputs(task, dims, { sets: 1 });
      const timing = await measure(task, best.proposal, memory, { backend, dims, inputs });
      row.peer = `memory ${rate(timing.baselineMedianNs)}`;
      row["peer ratio"] = `${timing.speedup.toPrecision(3)}x ${interval(timing.speedupCI)}`;
    }
    rows.push(row);
    console.log(`${row.task}: ${JSON.stringify(best.proposal.point)}`);
  }
  console.log(`\n${Object.keys(spaces).length} tasks have templates.\n`);
  printTable(rows);
}
