import { domainError } from "@daily-kernel/compute";

const isPower = (n: number): boolean => n > 0 && Number.isInteger(Math.log2(n));

/**
 * Throws unless points nMin..nMax-1 of a base 2 sequence in natural order are evenly spread: nMin
 * and nMax are 0 or powers of 2, or the range is an aligned block of 2^k points.
 */
export function checkDyadicRange(where: string, nMin: number, nMax: number): void {
  const n = nMax - nMin;
  const powers = (nMin === 0 || isPower(nMin)) && (nMax === 0 || isPower(nMax));
  if (n === 0 || powers || (isPower(n) && nMin % n === 0)) return;
  throw domainError(
    `${where}: in natural order nMin and nMax must be 0 or powers of 2, or bound an aligned block ` +
      `of 2^k points, got ${nMin} and ${nMax}`,
  );
}
