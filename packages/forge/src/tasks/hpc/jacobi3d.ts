import type { BareTask } from "../../task/without-weights.ts";
import { SMALLEST_NORMAL, U } from "../plain/bounds.ts";
import { bytesOfAll, drawFloats, drawSize, floats } from "./inputs.ts";

const SWEEPS = 3;

/** One sweep from `from` into `to`: interior points become the mean of their six neighbours. */
function sweep(
  from: Float64Array,
  to: Float64Array,
  nx: number,
  ny: number,
  nz: number,
  read: (value: number) => number,
): void {
  for (let i = 0; i < nx; i++) {
    for (let j = 0; j < ny; j++) {
      for (let k = 0; k < nz; k++) {
        const at = (i * ny + j) * nz + k;
        const edge = i === 0 || j === 0 || k === 0 || i === nx - 1 || j === ny - 1 || k === nz - 1;
        if (edge) {
          to[at] = read(from[at]!);
          continue;
        }
        let sum = 0;
        for (const step of [ny * nz, nz, 1]) sum += read(from[at - step]!) + read(from[at + step]!);
        to[at] = sum / 6;
      }
    }
  }
}

/** Three sweeps over all values of `start` as `read` sees them. */
function sweeps(start: Float64Array, dims: readonly number[], read: (value: number) => number) {
  const [nx = 0, ny = 0, nz = 0] = dims;
  let [from, to] = [Float64Array.from(start), new Float64Array(start.length)];
  for (let s = 0; s < SWEEPS; s++) {
    sweep(from, to, nx, ny, nz, read);
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
    const value = sweeps(start, dims, (x) => x);
    // A sweep rounds seven times at most (five sums, the sixth part and its factor).
    const bound = sweeps(start, dims, Math.abs).map(
      (size) => 8 * SWEEPS * U * size + SMALLEST_NORMAL,
    );
    for (let i = 0; i < nx; i++) {
      for (let j = 0; j < ny; j++) {
        for (let k = 0; k < nz; k++) {
          const edge =
            i === 0 || j === 0 || k === 0 || i === nx - 1 || j === ny - 1 || k === nz - 1;
          if (edge) bound[(i * ny + j) * nz + k] = 0;
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
