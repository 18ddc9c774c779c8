import type { BareTask } from "../../task/without-weights.ts";
import { SMALLEST_NORMAL, U } from "../plain/bounds.ts";
import { bytesOfAll, drawFloats, drawSize, floats } from "./inputs.ts";

const SWEEPS = 3;

/** One sweep from `from` into `to`, which hold the same boundary: the interior becomes means. */
function sweep(from: Float64Array, to: Float64Array, nx: number, ny: number, nz: number): void {
  const plane = ny * nz;
  for (let i = 1; i < nx - 1; i++) {
    for (let j = 1; j < ny - 1; j++) {
      const row = i * plane + j * nz;
      for (let at = row + 1; at < row + nz - 1; at++) {
        const across = from[at - plane]! + from[at + plane]! + from[at - nz]! + from[at + nz]!;
        to[at] = (across + from[at - 1]! + from[at + 1]!) / 6;
      }
    }
  }
}

/** What three sweeps make of `start`, which stays as it is. */
function sweeps(start: Float64Array, dims: readonly number[]): Float64Array {
  const [nx = 0, ny = 0, nz = 0] = dims;
  let [from, to] = [start.slice(), start.slice()];
  for (let s = 0; s < SWEEPS; s++) {
    sweep(from, to, nx, ny, nz);
    [from, to] = [to, from];
  }
  return from;
}

/** Three Jacobi sweeps of the 7-point Laplacian. */
export const jacobi3d: BareTask = {
  id: "hpc/jacobi3d",
  category: "hpc",
  title:
    "three Jacobi sweeps: each interior point becomes the mean of its six neighbours before the sweep, the boundary stays (input: u [nx, ny, nz], the last axis fastest)",
  dimNames: ["nx", "ny", "nz"],
  published: [256, 256, 256],
  scaled(maxElements) {
    const side = Math.max(1, Math.floor(Math.cbrt(maxElements)));
    return [side, side, side];
  },
  shapes: [
    [1, 1, 1],
    [3, 3, 3],
    [5, 2, 7],
    [7, 5, 11],
    [17, 13, 19],
  ],
  drawDims: (rng) => [drawSize(20, rng), drawSize(20, rng), drawSize(20, rng)],
  families: ["uniform", "normal", "signed", "large", "small"],
  inputs: ([nx = 0, ny = 0, nz = 0]) => [floats("u", nx, ny, nz)],
  outputs: ([nx = 0, ny = 0, nz = 0]) => [floats("v", nx, ny, nz)],
  draw(dims, family, rng) {
    return jacobi3d.inputs(dims).map((spec) => drawFloats(spec, family, rng));
  },
  reference([u], dims) {
    const [nx = 0, ny = 0, nz = 0] = dims;
    const start = Float64Array.from(u!.data);
    const value = sweeps(start, dims);
    // A sweep rounds seven times at most (five sums, the sixth part and its factor); edges never.
    const sizes = sweeps(start.map(Math.abs), dims);
    const bound = new Float64Array(sizes.length);
    for (let i = 1; i < nx - 1; i++) {
      for (let j = 1; j < ny - 1; j++) {
        const row = (i * ny + j) * nz;
        for (let at = row + 1; at < row + nz - 1; at++) {
          bound[at] = 8 * SWEEPS * U * sizes[at]! + SMALLEST_NORMAL;
        }
      }
    }
    return [{ shape: [nx, ny, nz], value, bound }];
  },
  flops: ([nx = 0, ny = 0, nz = 0]) =>
    6 * SWEEPS * Math.max(0, nx - 2) * Math.max(0, ny - 2) * Math.max(0, nz - 2),
  bytes(dims) {
    return bytesOfAll(jacobi3d, dims);
  },
};
