/** `node stream-memory.ts <n> <reuse>`: streams n points in a process of their own; its memory. */
import { Sobol } from "@daily-kernel/qmc";

const [n, reuse] = process.argv.slice(2);
const net = new Sobol({ dimension: 10, seed: 1 });
let points = 0;
let most = 0;
for await (const block of net.blocks({ nMax: Number(n), reuse: reuse === "true" })) {
  points += block.n;
  // Not the system's own maximum: it counts the parent process at the fork.
  most = Math.max(most, process.memoryUsage.rss());
}
if (points !== Number(n)) throw new Error(`streamed ${points} points instead of ${n}`);
console.log(JSON.stringify({ resident: process.memoryUsage.rss(), most }));
