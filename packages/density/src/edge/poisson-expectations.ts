import type { NoncentralChiSquare } from "./noncentral-chi-square.ts";

/** Nodes of a first look at which distances matter, and of the quadrature over these. */
const [LOOK, NODES] = [300, 1200];
/** Step in the logarithm of the Laplace variable: the trapezoid rule converges exponentially. */
const STEP = 0.25;

/**
 * E log Z and E sum w^2 for Z = sum of z = exp(-q / (2 h^2)) over a Poisson process of intensity n f(q),
 * from phi(t) = E exp(-t Z) = exp(-int n f (1 - exp(-t z)) dq):
 * E log Z = int (exp(-t) - phi(t)) dt / t and E sum w^2 = int t phi(t) (int n f z^2 exp(-t z) dq) dt
 * (Campbell's formulas).
 */
export function expectations(
  law: NoncentralChiSquare,
  logN: number,
  bandwidth: number,
): { logSum: number; participation: number } {
  const rate = 0.5 / bandwidth ** 2;
  const { d, noncentrality } = law;
  // where one point of intensity is found: a scale for t
  const reference = -rate * law.quantileLog(-logN);
  const from = law.quantileLog(-logN - 45);
  const to = d + noncentrality + 10 * Math.sqrt(2 * (d + 2 * noncentrality));
  // past the last distance that adds to the sum what rounding sees
  const look = Array.from({ length: LOOK }, (_, i) => from + ((i + 1) * (to - from)) / LOOK);
  const last = look.findLast((x) => logN + law.logPdf(x) - rate * x - reference > -36) ?? to;
  const width = (Math.min(to, last + (to - from) / LOOK) - from) / NODES;
  const q = Float64Array.from({ length: NODES }, (_, i) => from + (i + 0.5) * width);
  const logMass = q.map((x) => logN + law.logPdf(x) + Math.log(width));
  const mass = logMass.map(Math.exp);
  const at = (tau: number) => {
    let [exponent, moment] = [0, 0];
    for (let i = 0; i < NODES; i++) {
      const logS = tau - reference - rate * q[i]!;
      if (logS + logMass[i]! < -40) continue;
      if (logS > 40) exponent += mass[i]!;
      else {
        const s = Math.exp(logS);
        exponent -= mass[i]! * Math.expm1(-s);
        moment += mass[i]! * s * s * Math.exp(-s);
      }
    }
    const phi = Math.exp(-exponent);
    return { log: Math.exp(-Math.exp(tau)) - phi, pair: phi * moment };
  };
  let [logSum, participation] = [0, 0];
  for (const direction of [1, -1]) {
    for (let k = direction === 1 ? 0 : 1; k < 2000; k++) {
      const { log, pair } = at(direction * k * STEP);
      logSum += log * STEP;
      participation += pair * STEP;
      if (Math.abs(log) + pair < 1e-11 && k > 20) break;
    }
  }
  return { logSum: logSum + reference, participation };
}
