import type { Rng } from "@daily-kernel/compute";
import { legendre, productBasis } from "@daily-kernel/sampling";
import type { DrawOnce } from "./identities.ts";

/** Median seconds of a draw for all polynomials of two variables up to a degree, with its quartiles. */
export async function drawSeconds(
  draw: DrawOnce,
  degree: number,
  rounds: number,
  rng: Rng,
  breathe: () => Promise<void>,
): Promise<{ value: number; n: number; interval: [number, number] }> {
  const basis = productBasis({ families: [legendre(), legendre()], degree });
  draw(basis, rng);
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await breathe();
    const begin = performance.now();
    draw(basis, rng);
    seconds.push((performance.now() - begin) / 1000);
  }
  seconds.sort((a, b) => a - b);
  return {
    value: seconds[Math.floor(rounds / 2)]!,
    n: rounds,
    interval: [seconds[Math.floor(rounds / 4)]!, seconds[Math.floor((3 * rounds) / 4)]!],
  };
}
