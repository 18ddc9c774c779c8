/** Sums and products with their rounding errors (Knuth; Dekker 1971), for |values| below 1e300. */
const SPLIT = 134217729;

/** What a + b rounds to, and what that leaves out. */
export function twoSum(a: number, b: number): [sum: number, error: number] {
  const sum = a + b;
  const part = sum - a;
  return [sum, a - (sum - part) + (b - part)];
}

/** a b less its rounded value `product`. */
export function productError(a: number, b: number, product: number): number {
  const aHigh = SPLIT * a - (SPLIT * a - a);
  const bHigh = SPLIT * b - (SPLIT * b - b);
  const [aLow, bLow] = [a - aHigh, b - bHigh];
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/** (a + aError) / (b + bError) as a rounded quotient and its error. */
export function twoQuotient(
  [a, aError]: readonly [number, number],
  [b, bError]: readonly [number, number],
): [quotient: number, error: number] {
  const quotient = a / b;
  const product = quotient * b;
  const rest = a - product - productError(quotient, b, product) + aError - quotient * bError;
  return [quotient, rest / b];
}

/** (a + aError) (b + bError) as a rounded product and its error. */
export function twoProduct(
  [a, aError]: readonly [number, number],
  [b, bError]: readonly [number, number],
): [product: number, error: number] {
  const product = a * b;
  return [product, productError(a, b, product) + a * bError + aError * b];
}
