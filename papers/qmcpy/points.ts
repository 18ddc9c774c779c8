import type { PointSet, SobolOptions } from "@daily-kernel/qmc";
import reference from "./peers/reference.json" with { type: "json" };

/** Points of a Sobol' sequence as integers, and their coordinates. */
export interface Net {
  points(options: { nMin?: number; nMax: number }): PointSet;
  binary(options: { nMin?: number; nMax: number }): { data: BigUint64Array; bits: number };
}

export type MakeNet = (options: SobolOptions) => Net;

/** Where the reference comes from. */
export const source = `QMCPy ${reference.version}: ${reference.command}`;

/** Bytes of the 32-bit integers of `values`, hashed by FNV-1a. */
function fnv(values: Uint32Array): number {
  let hash = 0x811c9dc5;
  for (const value of values) {
    for (let shift = 0; shift < 32; shift += 8) {
      hash = Math.imul(hash ^ ((value >>> shift) & 0xff), 0x01000193);
    }
  }
  return hash >>> 0;
}

/**
 * How many coordinates of the unrandomised points differ from QMCPy's: a block of dimensions whose
 * hash differs counts whole.
 */
export async function differingCoordinates(
  sobol: MakeNet,
  breathe: (done: number) => Promise<void>,
): Promise<{ value: number; n: number }> {
  const { dimensions, block, indices, hashes } = reference;
  const net = sobol({ dimension: dimensions, randomize: "none" });
  let differing = 0;
  for (const [row, index] of indices.entries()) {
    await breathe(row / indices.length);
    const { data, bits } = net.binary({ nMin: index, nMax: index + 1 });
    const words = Uint32Array.from(data, (word) => Number((word << 32n) >> BigInt(bits)));
    for (const [k, hash] of hashes[row]!.entries()) {
      const part = words.subarray(k * block, (k + 1) * block);
      if (fnv(part) !== hash) differing += part.length;
    }
  }
  return { value: differing, n: dimensions * indices.length };
}

/**
 * Elementary intervals of volume 2^-m in two dimensions (all shapes 2^-p x 2^-(m - p)) that do not hold
 * exactly one of the first 2^m points, over all replications.
 */
export function wrongIntervals(
  sobol: MakeNet,
  m: number,
  replications: number,
  seed: number,
): { value: number; n: number } {
  const { data } = sobol({ dimension: 2, randomize: "NUS", replications, seed }).points({
    nMax: 2 ** m,
  });
  let wrong = 0;
  for (let r = 0; r < replications; r++) {
    for (let p = 0; p <= m; p++) {
      const counts = new Uint8Array(2 ** m);
      for (let i = r * 2 ** m; i < (r + 1) * 2 ** m; i++) {
        const column = Math.floor(data[2 * i]! * 2 ** p);
        const row = Math.floor(data[2 * i + 1]! * 2 ** (m - p));
        counts[column * 2 ** (m - p) + row]!++;
      }
      wrong += counts.reduce((sum, count) => sum + (count === 1 ? 0 : 1), 0);
    }
  }
  return { value: wrong, n: replications * (m + 1) * 2 ** m };
}
