/**
 * Coefficients of kappa d/dkappa log I_v(kappa) = sum_k w^(1-k) q_k(tau), where w^2 = kappa^2 + v^2
 * and tau = v^2/w^2. They follow from the Riccati equation kappa g' + g^2 = kappa^2 + v^2 that
 * Bessel's equation becomes for g: with D = kappa d/dkappa, D w^-m = -m (1-tau) w^-m and
 * D tau = -2 tau (1-tau). Good to the last digit from w = 60 on, for every v.
 */
const TERMS = 14;
export const SMALLEST_W = 60;

type Polynomial = readonly number[];

/** (1-tau) (-m q - 2 tau q'): what D does to w^-m q(tau), divided by w^-m. */
function derivative(m: number, q: Polynomial): number[] {
  const out = new Array<number>(q.length + 1).fill(0);
  q.forEach((value, j) => {
    const term = -(m + 2 * j) * value;
    out[j]! += term;
    out[j + 1]! -= term;
  });
  return out;
}

function coefficients(): Polynomial[] {
  const q: Polynomial[] = [[1], [-0.5, 0.5]];
  for (let k = 1; k < TERMS; k++) {
    const next = derivative(k - 1, q[k]!);
    for (let i = 1; i <= k; i++) {
      q[i]!.forEach((a, j) => {
        q[k + 1 - i]!.forEach((b, l) => {
          next[j + l] = (next[j + l] ?? 0) + a * b;
        });
      });
    }
    q.push(next.map((value) => -value / 2));
  }
  return q;
}

const series = coefficients();
const slopes = series.map((q, k) => derivative(k - 1, q).map((value, j) => value - (q[j] ?? 0)));

/** sum_{k >= 1} w^(1-k) table_k(tau). */
function tailSum(table: readonly Polynomial[], w: number, tau: number): number {
  let sum = 0;
  for (let k = TERMS; k >= 1; k--) {
    const q = table[k]!;
    let value = 0;
    for (let j = q.length - 1; j >= 0; j--) value = value * tau + q[j]!;
    sum = k === 1 ? sum + value : (sum + value) / w;
  }
  return sum;
}

/** 1 - I_{v+1}(kappa)/I_v(kappa) without cancellation at large kappa; needs w >= 60. */
export function ratioComplement(v: number, kappa: number): number {
  const w = Math.hypot(v, kappa);
  const leading = v * ((kappa + w - v) / (kappa + w));
  return (leading - tailSum(series, w, (v / w) ** 2)) / kappa;
}

/** kappa^2 d/dkappa of I_{v+1}(kappa)/I_v(kappa), for kappa not far below v; needs w >= 60. */
export function scaledRatioSlope(v: number, kappa: number): number {
  const w = Math.hypot(v, kappa);
  const leading = v * ((kappa / w) * (kappa / (w + v)));
  return leading + tailSum(slopes, w, (v / w) ** 2);
}
