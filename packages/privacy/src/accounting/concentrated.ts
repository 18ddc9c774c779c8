import { checkEpsilon } from "./privacy.ts";

/** Orders of Renyi divergence, as logarithms of the order less one. */
const [LEAST, MOST] = [-20, 30];

/** log of the delta that Renyi divergences rho a of every order a > 1 give at `epsilon`, for one order. */
function logDelta(rho: number, epsilon: number, logExcess: number): number {
  const excess = Math.exp(logExcess);
  const a = 1 + excess;
  return excess * (a * rho - epsilon) + a * Math.log1p(-1 / a) - logExcess;
}

/**
 * The delta for which rho-concentrated privacy is (epsilon, delta)-privacy: the least over all orders a of
 * exp((a - 1)(a rho - epsilon)) (1 - 1/a)^a / (a - 1), at most 1 (Canonne, Kamath and Steinke 2020,
 * proposition 12). rhos of several releases about the same records add up.
 */
export function concentratedDelta(rho: number, epsilon: number): number {
  checkEpsilon("concentratedDelta", "rho", rho);
  checkEpsilon("concentratedDelta", "epsilon", epsilon);
  // Golden section: the logarithm has one valley.
  const shrink = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [LEAST, MOST];
  for (let k = 0; k < 90; k++) {
    const [left, right] = [high - shrink * (high - low), low + shrink * (high - low)];
    if (logDelta(rho, epsilon, left) < logDelta(rho, epsilon, right)) high = right;
    else low = left;
  }
  return Math.min(1, Math.exp(logDelta(rho, epsilon, (low + high) / 2)));
}

/** The largest rho whose delta at `epsilon` is at most `delta`, to twelve digits, rounded down. */
export function concentrationFor(epsilon: number, delta: number): number {
  let [low, high] = [0, 1];
  while (concentratedDelta(high, epsilon) <= delta) [low, high] = [high, 2 * high];
  while (high - low > 1e-12 * high) {
    const middle = (low + high) / 2;
    if (concentratedDelta(middle, epsilon) <= delta) low = middle;
    else high = middle;
  }
  return low;
}
