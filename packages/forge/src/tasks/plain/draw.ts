import type { Rng } from "@daily-kernel/compute";
import type { InputFamily } from "../../task/task.ts";

/** The magnitudes that the extreme families of a task reach. */
export interface Extremes {
  readonly large: number;
  readonly small: number;
}

const drawers: Record<InputFamily, (rng: Rng, extremes: Extremes) => number> = {
  uniform: (rng) => rng.uniform(),
  normal: (rng) => rng.normal(),
  // Multiples of 1/8: equal neighbours, exact zeros, and sums that every order adds exactly.
  signed: (rng) => (Math.floor(rng.uniform() * 64) - 32) / 8,
  large: (rng, { large }) => sign(rng) * large ** rng.uniform(),
  small: (rng, { small }) => sign(rng) * small ** rng.uniform(),
};

const sign = (rng: Rng) => (rng.uniform() < 0.5 ? -1 : 1);

/**
 * `rows` x `cols` numbers of a family. Where it is `signed`, every third row holds one value
 * throughout: a maximum that stands everywhere, a mean without deviation; the rows before those hold
 * equal pairs, which only look like that at first.
 */
export function drawRows(
  family: InputFamily,
  rows: number,
  cols: number,
  rng: Rng,
  extremes: Extremes,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(rows * cols);
  const draw = drawers[family];
  for (let row = 0; row < rows; row++) {
    const start = row * cols;
    for (let col = 0; col < cols; col++) out[start + col] = draw(rng, extremes);
    if (family !== "signed") continue;
    if (row % 3 === 2) out.fill(out[start] ?? 0, start, start + cols);
    else if (row % 3 === 1)
      for (let col = 1; col < cols; col += 2) out[start + col] = out[start + col - 1] ?? 0;
  }
  return out;
}
