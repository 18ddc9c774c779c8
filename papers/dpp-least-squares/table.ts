import { uciRegression } from "@daily-kernel/datasets";
import type { Lab } from "@daily-kernel/reproduction";
import type { Laws } from "./grid.ts";
import { quadraticTarget } from "./population.ts";
import { type Fit, repeat, type Trials } from "./trials.ts";

/** Trials of every law on the rows of the concrete table, two rows a coefficient. */
export async function measureTable(
  lab: Lab,
  laws: Laws,
  fit: Fit,
  runs: number,
): Promise<[string, Trials][]> {
  const { concrete } = await lab.data(uciRegression);
  const target = quadraticTarget(concrete);
  const n = 2 * target.basis.features;
  const results: [string, Trials][] = [];
  for (const [label, draw] of laws) {
    const rng = lab.rng(`table ${label}`);
    const breathe = (done: number) =>
      lab.progress(0.87 + (0.03 * (results.length + done)) / laws.length, `table rows: ${label}`);
    results.push([
      label,
      await repeat(target, () => draw(target.basis, n, rng), fit, runs, breathe),
    ]);
  }
  return results;
}
