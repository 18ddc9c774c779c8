import { Rng } from "@daily-kernel/compute";

/** A box of orders and arguments from which points are drawn uniformly. */
export interface Region {
  name: string;
  v: readonly [number, number];
  x: readonly [number, number];
}

/** The regions of the log-bessel card's table. */
export const REGIONS: readonly Region[] = [
  { name: "small", v: [0, 12], x: [0, 20] },
  { name: "medium", v: [0, 300], x: [0, 700] },
  { name: "large", v: [300, 1e4], x: [150, 2e4] },
];

export const POINTS = 20_000;
const SEED = 1;

/** `POINTS` pairs from `new Rng(SEED)`: for each pair first v, then x. */
export function draw({ v, x }: Region): { v: Float64Array; x: Float64Array } {
  const rng = new Rng(SEED);
  const out = { v: new Float64Array(POINTS), x: new Float64Array(POINTS) };
  for (let i = 0; i < POINTS; i++) {
    out.v[i] = v[0] + (v[1] - v[0]) * rng.uniform();
    out.x[i] = x[0] + (x[1] - x[0]) * rng.uniform();
  }
  return out;
}
