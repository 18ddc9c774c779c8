/** The polynomials 1, x, x^2, ... modulo p, up to x^(2^degree - 2); undefined if they return to 1 early. */
function powersOfX(p: number, degree: number): Uint32Array | undefined {
  const powers = new Uint32Array(2 ** degree - 1);
  powers[0] = 1;
  for (let i = 1; i < powers.length; i++) {
    const next = powers[i - 1]! << 1;
    powers[i] = (next >>> degree) & 1 ? next ^ p : next;
    if (powers[i] === 1) return undefined;
  }
  return powers;
}

/** Whether no k 2^j mod order is below k: then k stands for these, whose powers of x are conjugate. */
function isLeader(k: number, order: number): boolean {
  for (let j = (2 * k) % order; j !== k; j = (2 * j) % order) if (j < k) return false;
  return true;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

/**
 * The polynomial of least degree whose linear recurrence gives the bits `term(0), term(1), ...`, of
 * which 2 `degree` decide (Berlekamp and Massey 1969); bit k is the coefficient of x^k.
 */
function minimalPolynomial(term: (i: number) => number, degree: number): number {
  let connection = 1;
  let previous = 1;
  let length = 0;
  let past = 0; // bit i is the term i places back
  let shift = 1;
  for (let i = 0; i < 2 * degree; i++) {
    past = (past << 1) | term(i);
    let discrepancy = past & connection;
    for (const fold of [16, 8, 4, 2, 1]) discrepancy ^= discrepancy >>> fold;
    if ((discrepancy & 1) === 0) {
      shift++;
      continue;
    }
    const next = connection ^ (previous << shift);
    if (2 * length <= i) {
      length = i + 1 - length;
      previous = connection;
      shift = 1;
    } else shift++;
    connection = next;
  }
  let reversed = 0;
  for (let k = 0; k <= degree; k++) reversed |= ((connection >>> k) & 1) << (degree - k);
  return reversed;
}

/**
 * All primitive polynomials of a degree in 1..20 over GF(2), ascending as integers whose bit k is
 * the coefficient of x^k: the minimal polynomials of x^k modulo one of them, k coprime to the order.
 */
export function primitivePolynomials(degree: number): number[] {
  if (degree === 1) return [0b11];
  const order = 2 ** degree - 1;
  let powers: Uint32Array | undefined;
  for (let p = order + 2; powers === undefined; p += 2) powers = powersOfX(p, degree);
  const known = powers;
  const found: number[] = [];
  for (let k = 1; k < order; k += 2) {
    if (!isLeader(k, order) || gcd(k, order) !== 1) continue;
    found.push(minimalPolynomial((i) => known[(i * k) % order]! & 1, degree));
  }
  return found.sort((a, b) => a - b);
}
