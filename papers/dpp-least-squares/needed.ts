import type { Rng } from "@daily-kernel/compute";
import { legendre, productBasis } from "@daily-kernel/sampling";
import type { Breathe } from "./target.ts";
import { type Draw, determined, type Fit } from "./trials.ts";

/**
 * The least multiple r of m such that r m points have all eigenvalues of the Gram matrix above 1/2 in
 * nine runs of ten; most + 1 if none up to `most` does.
 */
export async function multipleNeeded(
  draw: Draw,
  fit: Fit,
  m: number,
  runs: number,
  rng: Rng,
  breathe: Breathe,
  most = 40,
): Promise<number> {
  const basis = productBasis({ families: [legendre()], degree: m - 1 });
  for (let r = 1; r <= most; r++) {
    let bad = 0;
    for (let run = 0; run < runs && bad <= runs / 10; run++) {
      if (run % 20 === 0) await breathe(r / most);
      const { points, weights } = draw(basis, r * m, rng);
      const zeros = new Float64Array(points.rows);
      const fitted = determined(() => fit(points, zeros, basis, weights));
      if (fitted === undefined || fitted.smallestEigenvalue < 0.5) bad++;
    }
    if (bad <= runs / 10) return r;
  }
  return most + 1;
}
