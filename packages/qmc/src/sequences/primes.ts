/** The first `count` primes, by the sieve of Eratosthenes. */
export function primes(count: number): Uint32Array {
  // p_k < k (ln k + ln ln k) for k >= 6 (Rosser and Schoenfeld 1962).
  const k = Math.max(count, 6);
  const end = Math.ceil(k * (Math.log(k) + Math.log(Math.log(k)))) + 1;
  const composite = new Uint8Array(end);
  const found = new Uint32Array(count);
  for (let p = 2, at = 0; at < count; p++) {
    if (composite[p] === 1) continue;
    found[at++] = p;
    for (let multiple = p * p; multiple < end; multiple += p) composite[multiple] = 1;
  }
  return found;
}

/** The smallest prime >= n. */
export function primeFrom(n: number): number {
  let p = Math.max(2, n);
  while (!isPrime(p)) p++;
  return p;
}

/** Whether an integer n >= 2 is prime, by trial division: O(sqrt n). */
export function isPrime(n: number): boolean {
  for (let q = 2; q * q <= n; q++) if (n % q === 0) return false;
  return n >= 2;
}
