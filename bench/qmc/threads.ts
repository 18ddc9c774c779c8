import type { ThreadPool } from "@daily-kernel/compute";
import { Lattice, Sobol } from "@daily-kernel/qmc";
import { coordinates, ours, type Row } from "./rows.ts";

/**
 * Generation on the pool's threads, beside one: into shared memory, which every thread writes to, and
 * into an ordinary array, which one thread alone can write to.
 */
export function* threadRows(pool: ThreadPool): Generator<Row> {
  const [d, n] = [10, 2 ** 20];
  const [ordinary, alone] = [new Float64Array(n * d), new Float64Array(n * d)];
  const shared = new Float64Array(new SharedArrayBuffer(8 * n * d));
  const nets = (["LMS_DS", "NUS", "OWEN"] as const).map(
    (randomize) => [randomize, new Sobol({ dimension: d, randomize, seed: 1 })] as const,
  );
  for (const [name, sequence] of [
    ...nets,
    ["lattice", new Lattice({ dimension: d, seed: 1 })] as const,
  ]) {
    for (const [place, out] of [
      ["shared memory", shared],
      ["an ordinary array", ordinary],
    ] as const)
      yield {
        operation: `${name}, d = ${d}, n = 2^20, into ${place}, ${pool.threads} threads`,
        ...coordinates(n * d),
        ours: ours("ours", async () => (await sequence.points({ nMax: n, out, pool })).data),
        peers: [ours("ours, 1 thread", () => sequence.points({ nMax: n, out: alone }).data)],
        tolerance: 0,
        rounds: 5,
      };
  }
}
