/**
 * Nanoseconds for one turn of a loop of one logarithm, one square root and one division, the least
 * of a few repetitions: how fast this machine and this engine are at the moment. A stored time of
 * another program, divided by the yardstick that was measured beside it, can be carried to another
 * machine by multiplying with the yardstick there; this is right to a factor of two or so.
 */
export function yardstick(): number {
  let best = Infinity;
  let sink = 0;
  for (let repeat = 0; repeat < 9; repeat++) {
    const turns = 100_000;
    const start = performance.now();
    for (let i = 1; i <= turns; i++) sink += Math.log(i + sink * 1e-30) / Math.sqrt(i);
    best = Math.min(best, ((performance.now() - start) * 1e6) / turns);
  }
  return Number.isFinite(sink) ? best : Number.NaN;
}

/** The ranges of order and argument over which evaluations are timed. */
export const ranges = [
  { name: "small", v: [0, 12], x: [0, 20] },
  { name: "medium", v: [0, 300], x: [0, 700] },
  { name: "large", v: [300, 1e4], x: [150, 2e4] },
] as const;
