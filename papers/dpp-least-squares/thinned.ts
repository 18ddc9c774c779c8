import type { Rng } from "@daily-kernel/compute";
import { repeatDpp, type thin } from "@daily-kernel/sampling";
import type { Breathe, Target } from "./target.ts";
import { type Fit, repeat } from "./trials.ts";

/** Points left of four conditioned draws over m; infinitely many, so to speak, if the condition is lost. */
export async function thinned(
  target: Target,
  subject: { thin: typeof thin; fit: Fit },
  runs: number,
  rng: Rng,
  breathe: Breathe,
) {
  const m = target.basis.features;
  let left = 0;
  let lost = 0;
  const draw = () => {
    const sample = repeatDpp(target.basis, 4, rng, { minEigenvalue: 0.5 });
    const fewer = subject.thin(target.basis, sample, 0.5);
    left += fewer.points.rows;
    return { ...fewer, tries: sample.tries };
  };
  const trials = await repeat(
    target,
    draw,
    subject.fit,
    runs,
    breathe,
    ({ smallestEigenvalue }) => {
      if (smallestEigenvalue < 0.5) lost++;
    },
  );
  return {
    value: lost > 0 ? 40 / m : left / runs / m,
    n: runs,
    controls: [
      { label: "before removal", value: 40 / m },
      { label: "runs that lost the condition", value: lost },
      { label: "mean squared error over the best, afterwards", value: trials.mean },
    ],
  };
}
