import { ThreadPool } from "@daily-kernel/compute";
import { printTable } from "./peers/table.ts";
import { gramRows } from "./qmc/gram.ts";
import { integrationRows } from "./qmc/integration.ts";
import { latticeRows } from "./qmc/lattices.ts";
import { measureRows } from "./qmc/measures.ts";
import { memoryRows } from "./qmc/memory.ts";
import { netRows } from "./qmc/nets.ts";
import { startPeers } from "./qmc/peers.ts";
import { type Line, measure, type Peers, type Row, summary } from "./qmc/rows.ts";
import { scrambleRows } from "./qmc/scrambles.ts";
import { threadRows } from "./qmc/threads.ts";
import { transformRows } from "./qmc/transforms.ts";

export const about = "low-discrepancy points and fast transforms: QMCPy, SciPy, PyTorch";

/** Prints a table a subject; rows are made one at a time, since they hold hundreds of megabytes. */
export async function run(): Promise<void> {
  const sections: [title: string, rows: (peers: Peers) => Iterable<Row> | AsyncIterable<Row>][] = [
    ["Sobol' points", netRows],
    ["Nested uniform scrambling", scrambleRows],
    ["Lattices and Halton points", latticeRows],
    ["Transforms", transformRows],
    ["Gram matrices and Gaussian processes", gramRows],
    ["Measures", measureRows],
    ["Integration", integrationRows],
  ];
  const all: Line[] = [];
  const peers = startPeers();
  await using pool = await ThreadPool.create({ threads: 2 });
  try {
    for (const [title, rows] of sections) {
      const lines = await measure(rows(peers));
      all.push(...lines);
      console.log(`\n${title}, one thread each\n`);
      printTable(lines);
    }
    console.log("\nGeneration on threads\n");
    printTable(await measure(threadRows(pool)));
  } finally {
    await peers.close();
  }
  console.log("\nMemory of streaming\n");
  printTable(memoryRows());
  console.log(`\n${summary(all)}`);
  for (const { peer, why } of peers.missing) console.log(`${peer}: not available (${why})`);
}
