import type { Rng } from "@daily-kernel/compute";
import type { Measurement } from "@daily-kernel/reproduction";
import { scipyTiming } from "./peers/peers.ts";
import { ranges, yardstick } from "./peers/yardstick.ts";

/** A logarithm of a Bessel function under the clock; a promise for one that runs on a device. */
interface Timed {
  readonly key: "logI" | "logK";
  readonly evaluate: (v: Float64Array, x: Float64Array) => unknown;
}

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
};

/**
 * SciPy's stored time over our time now, the least of the repetitions, median over ranges and
 * functions. SciPy's time is carried to this machine by the yardstick, and the interval widens with
 * how much that had to be changed.
 */
export async function speedup(
  functions: readonly Timed[],
  rng: Rng,
  { points, repeats, note }: { points: number; repeats: number; note: string },
): Promise<Measurement> {
  const { nanoseconds, source } = scipyTiming;
  const carried = yardstick() / scipyTiming.yardstick;
  const spread = Math.exp(0.1 + Math.abs(Math.log(carried)));
  const details: string[] = [];
  const ratios: number[] = [];
  for (const { name, ...box } of ranges) {
    const [v, x] = [box.v, box.x].map(([low, high]) =>
      rng.fillUniform(new Float64Array(points)).map((u) => high - (high - low) * u),
    ) as [Float64Array, Float64Array];
    for (const { key, evaluate } of functions) {
      let ours = Infinity;
      for (let repeat = 0; repeat < repeats; repeat++) {
        const start = performance.now();
        await evaluate(v, x);
        ours = Math.min(ours, ((performance.now() - start) * 1e6) / points);
      }
      const theirs = nanoseconds[name][key] * carried;
      details.push(`${key} ${name}: ${ours.toPrecision(3)} against ${theirs.toFixed(0)} ns`);
      ratios.push(theirs / ours);
    }
  }
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
        value: median(Object.values(nanoseconds).flatMap((t) => [t.logI, t.logK])),
        source,
      },
    ],
    note: `SciPy's stored times multiplied by ${carried.toFixed(2)}, this machine's yardstick over that of the stored times. ${details.join("; ")}. ${note}`,
  };
}
