import type { Lab } from "@daily-kernel/reproduction";
import { legendre } from "@daily-kernel/sampling";
import { targetOf } from "./target.ts";
import { type Draw, type Fit, repeat } from "./trials.ts";

/** Degrees that give 15 to 28 functions, and nodes a dimension for a rule of at most 60,000 points. */
const settings = [
  { d: 2, degree: 5, nodes: 40 },
  { d: 3, degree: 3, nodes: 24 },
  { d: 4, degree: 2, nodes: 14 },
  { d: 5, degree: 2, nodes: 9 },
  { d: 6, degree: 2, nodes: 6 },
] as const;

/** The worst mean error over the best one of two determinantal draws in two to six dimensions. */
export async function higherDimensions(
  repeated: Draw,
  independent: Draw,
  fit: Fit,
  runs: number,
  lab: Pick<Lab, "progress" | "rng">,
) {
  let value = 0;
  const controls: { label: string; value: number }[] = [];
  for (const [k, { d, degree, nodes }] of settings.entries()) {
    const breathe = (done = 0) => lab.progress(0.9 + 0.02 * (k + done), `${d} dimensions`);
    const f = (x: Float64Array) => 1 / (1 + x.reduce((sum, v, j) => sum + (0.5 * v) / (d + j), 0));
    const families = Array.from({ length: d }, () => legendre());
    const target = await targetOf(families, degree, f, nodes, () => breathe());
    const n = 2 * target.basis.features;
    const [near, far] = [lab.rng(`dimensions ${d}`), lab.rng(`dimensions ${d}, independent`)];
    const ours = await repeat(target, () => repeated(target.basis, n, near), fit, runs, breathe);
    const iid = await repeat(target, () => independent(target.basis, n, far), fit, runs, breathe);
    controls.push({ label: `d = ${d}, m = ${n / 2}, repeated draws`, value: ours.mean });
    controls.push({ label: `d = ${d}, independent points, mean`, value: iid.mean });
    controls.push({ label: `d = ${d}, independent points, median`, value: iid.median });
    value = Math.max(value, ours.mean);
  }
  return { value, n: runs, controls };
}
