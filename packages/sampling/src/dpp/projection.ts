import { type Matrix, matrix, numericError, type Rng } from "@daily-kernel/compute";
import type { OrthonormalBasis } from "../basis/orthonormal-basis.ts";
import { checkBasis, checkRng } from "../check.ts";
import { Complement } from "./complement.ts";

/** Each step expects at most m proposals; a thousand times that has probability e^-1000. */
const PATIENCE = 1000;
/** Below this share of |phi|^2 a distance is rounding error: the point is chosen already. */
const ROUNDING = 1e-13;

/**
 * One draw of the projection process of a basis: m points with joint density
 * det[phi_j(x_i)]^2 / m! with respect to mu^m, in exchangeable order. By the chain rule, with
 * proposals of the optimal density accepted with probability |C phi|^2 / |phi|^2, where C projects on the complement of
 * the chosen features: exact. About m H_m proposals and 3 m^3 operations (30 m^2 for Legendre,
 * Chebyshev and Hermite polynomials of one variable, which have tridiagonal models) (Hough, Krishnapur, Peres and
 * Virag, Probability Surveys 3, 2006; Gautier, Bardenet and Valko, 2019).
 *
 * @returns m x d points.
 * @throws TypeError `ERR_TYPE` for arguments of the wrong kind.
 * @throws Error `ERR_NUMERIC` with the share of accepted proposals if they run out: a basis that is
 *   not orthonormal, or whose measure has fewer than m atoms.
 */
export function sampleProjectionDpp(basis: OrthonormalBasis, rng: Rng): Matrix {
  checkBasis("sampleProjectionDpp", basis);
  checkRng("sampleProjectionDpp", rng);
  return basis.sampleProcess?.(rng) ?? sampleByChainRule(basis, rng);
}

/** The same for any basis, whatever else it offers. */
export function sampleByChainRule(basis: OrthonormalBasis, rng: Rng): Matrix {
  const { features: m, dimension: d } = basis;
  const chosen = matrix(m, d);
  const complement = new Complement(m);
  const chunk = Math.min(256, Math.max(16, m));
  let points = matrix(0, d);
  let phi = matrix(0, m);
  let next = 0;
  let trials = 0;
  for (let k = 0; k < m; k++) {
    for (let tries = 0; ; tries++, next++) {
      if (tries > PATIENCE * m) {
        throw numericError(
          `sampleProjectionDpp: point ${k} of ${m} not found in ${tries} proposals (${k} of ${trials} accepted before): the basis is not orthonormal for its measure`,
        );
      }
      if (next === points.rows) {
        points = basis.sampleChristoffel(chunk, rng);
        phi = basis.map(points);
        next = 0;
      }
      trials++;
      const at = next * m;
      let norm = 0;
      for (let j = 0; j < m; j++) norm += phi.data[at + j]! ** 2;
      const threshold = Math.max(rng.uniform(), ROUNDING) * norm;
      if (complement.exceeds(phi.data, at, threshold)) break;
    }
    complement.choose(phi.data, next * m);
    chosen.data.set(points.data.subarray(next * d, (next + 1) * d), k * d);
    next++;
  }
  return chosen;
}
