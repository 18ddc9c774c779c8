import type { Rng } from "@daily-kernel/compute";
import type { Measurement } from "@daily-kernel/reproduction";
import type { LogBessel } from "./accuracy.ts";
import timing from "./scipy-timing.json" with { type: "json" };
import { ranges, yardstick } from "./yardstick.ts";

const POINTS = 20_000;
const REPEATS = 15;

/** Least nanoseconds a value over the repetitions. */
function nanoseconds(logBessel: LogBessel, v: Float64Array, x: Float64Array): number {
  let best = Infinity;
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const start = performance.now();
    logBessel(v, x);
    best = Math.min(best, ((performance.now() - start) * 1e6) / POINTS);
  }
  return best;
}

export const median = (values: number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
};

/**
 * SciPy's stored time over our time now, median over ranges and functions. SciPy's time is carried
 * to this machine by the yardstick, and the interval widens with how much that had to be changed.
 */
export function speedup(functions: { logI: LogBessel; logK: LogBessel }, rng: Rng): Measurement {
  const carried = yardstick() / timing.yardstick;
  const spread = Math.exp(0.1 + Math.abs(Math.log(carried)));
  const details: string[] = [];
  const ratios = ranges.flatMap(({ name, v: [v0, v1], x: [x0, x1] }) => {
    const v = rng.fillUniform(new Float64Array(POINTS)).map((u) => v0 + (v1 - v0) * u);
    const x = rng.fillUniform(new Float64Array(POINTS)).map((u) => x1 - (x1 - x0) * u);
    return (["logI", "logK"] as const).map((f) => {
      const ours = nanoseconds(functions[f], v, x);
      const theirs = timing.nanoseconds[name][f] * carried;
      details.push(`${f} ${name}: ${ours.toFixed(0)} against ${theirs.toFixed(0)} ns`);
      return theirs / ours;
    });
  });
  const value = median(ratios);
  return {
    kind: "timing",
    value,
    n: ratios.length,
    unit: "times faster",
    interval: [value / spread, value * spread],
    controls: [
      {
        label: "SciPy, nanoseconds a value, median where it was timed",
        value: median(Object.values(timing.nanoseconds).flatMap((t) => [t.logI, t.logK])),
        source: `SciPy ${timing.scipy}: ${timing.command}`,
      },
    ],
    note: `SciPy's stored times multiplied by ${carried.toFixed(2)}, this machine's yardstick over that of the stored times. ${details.join("; ")}. In the large range SciPy underflows early on two thirds of the points, which is why it looks fast there.`,
  };
}
