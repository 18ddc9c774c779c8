import { domainError, type Rng } from "@daily-kernel/compute";
import { addRow, rowDot, type UnitRows } from "./unit-rows.ts";

const ROUNDS = 5;

/**
 * A start for the mixture: directions drawn one by one with probability proportional to
 * 1 - (largest cosine to those before), as in k-means++ (Arthur and Vassilvitskii 2007) on the
 * sphere, then a few rounds of spherical k-means. A cluster that loses all rows restarts at the row
 * that is worst served. Returns the cluster of every row; O(rows cols k) a round.
 */
export function sphericalKMeans(where: string, x: UnitRows, k: number, rng: Rng): Uint32Array {
  const centres = seeds(where, x, k, rng);
  const assigned = new Uint32Array(x.rows);
  for (let round = 0; round < ROUNDS; round++) {
    const served = assign(x, centres, assigned);
    refill(assigned, served, k);
    move(x, centres, assigned);
  }
  return assigned;
}

function seeds(where: string, x: UnitRows, k: number, rng: Rng): Float64Array[] {
  const gap = new Float64Array(x.rows).fill(1);
  const centres: Float64Array[] = [];
  while (centres.length < k) {
    let total = 0;
    for (const value of gap) total += value;
    if (total <= 1e-12 * x.rows) {
      throw domainError(`${where}: k must be at most the number of distinct rows, got ${k}`);
    }
    let left = rng.uniform() * total;
    let chosen = gap.findIndex((value) => {
      left -= value;
      return left < 0 && value > 0;
    });
    if (chosen < 0) chosen = gap.findLastIndex((value) => value > 0);
    const centre = Float64Array.from(x.data.subarray(chosen * x.cols, (chosen + 1) * x.cols));
    centres.push(centre);
    for (let i = 0; i < x.rows; i++) {
      gap[i] = i === chosen ? 0 : Math.min(gap[i]!, Math.max(0, 1 - rowDot(x, i, centre)));
    }
  }
  return centres;
}

/** Puts every row to the centre of largest cosine, and returns that cosine. */
function assign(x: UnitRows, centres: Float64Array[], assigned: Uint32Array): Float64Array {
  const served = new Float64Array(x.rows).fill(-Infinity);
  centres.forEach((centre, j) => {
    for (let i = 0; i < x.rows; i++) {
      const cosine = rowDot(x, i, centre);
      if (cosine > served[i]!) {
        served[i] = cosine;
        assigned[i] = j;
      }
    }
  });
  return served;
}

/** Gives each empty cluster the worst-served row of a cluster that can spare one. */
function refill(assigned: Uint32Array, served: Float64Array, k: number): void {
  const sizes = new Uint32Array(k);
  for (const j of assigned) sizes[j]!++;
  for (let j = 0; j < k; j++) {
    if (sizes[j]! > 0) continue;
    let worst = -1;
    for (let i = 0; i < assigned.length; i++) {
      if (sizes[assigned[i]!]! > 1 && (worst < 0 || served[i]! < served[worst]!)) worst = i;
    }
    sizes[assigned[worst]!]!--;
    sizes[j]!++;
    assigned[worst] = j;
    served[worst] = 1;
  }
}

function move(x: UnitRows, centres: Float64Array[], assigned: Uint32Array): void {
  for (const centre of centres) centre.fill(0);
  for (let i = 0; i < x.rows; i++) addRow(centres[assigned[i]!]!, x, i, 1);
  for (const centre of centres) {
    let square = 0;
    for (const value of centre) square += value * value;
    const scale = square === 0 ? 0 : 1 / Math.sqrt(square);
    for (let j = 0; j < centre.length; j++) centre[j]! *= scale;
  }
}
