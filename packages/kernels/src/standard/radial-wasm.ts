import {
  type Arena,
  type Heap,
  type Matrix,
  matrix,
  type PoolOptions,
  squaredDistances,
  wasm,
} from "@daily-kernel/compute";
import * as kernels from "../kernels.generated.ts";
import { scaledPoints } from "./scaled-points.ts";
import { type Steps, step } from "./steps.ts";

/** Profiles that assembly/radial.ts knows, by its constants. */
export const PROFILE = { gaussian: 0, matern12: 1, matern32: 2, matern52: 3 } as const;
export type Profile = (typeof PROFILE)[keyof typeof PROFILE];

/** Beyond this many dimensions distances are faster by a matrix product. */
const DIRECT = 24;
/** Rows, or numbers, that one call computes. */
const CALL_ROWS = 64;
const CALL_NUMBERS = 65536;

/** scale * phi of the scaled squared distances of the rows of x and z, on this thread or a pool. */
export function* profileGram(
  fn: string,
  profile: Profile,
  scale: number,
  x: Matrix,
  z: Matrix,
  weights: Float64Array,
): Steps<Matrix> {
  const [left, right] = scaledPoints(fn, x, z, weights);
  if (x.cols > DIRECT) {
    const q = yield* step((o) =>
      o ? squaredDistances(left, right, o) : squaredDistances(left, right),
    );
    return yield* step((o) => inPlace(profile, scale, q, o));
  }
  return yield* step((options) =>
    wasm(kernels).heap.scope((arena) => {
      const { heap } = wasm(kernels);
      const [m, n, d] = [x.rows, z.rows, x.cols];
      const stride = padded(n);
      const a = arena.f64(left.data);
      const b = transposed(arena, heap, right);
      const out = arena.f64(m * stride);
      const calls = ranges(m, CALL_ROWS).map((range) => [
        ...[profile, scale, a, b, out, d, stride, ...range],
      ]);
      return after(run("radialGram", calls, options), () => {
        const data = heap.f64(out, m * stride);
        if (stride === n) return matrix(m, n, data.slice());
        const gram = matrix(m, n);
        for (let i = 0; i < m; i++) {
          gram.data.set(data.subarray(i * stride, i * stride + n), i * n);
        }
        return gram;
      });
    }),
  );
}

function inPlace(profile: Profile, scale: number, q: Matrix, options?: PoolOptions) {
  const { heap } = wasm(kernels);
  return heap.scope((arena) => {
    const { length } = q.data;
    const address = arena.f64(length + 1);
    heap.f64(address, length).set(q.data);
    const calls = ranges(length, CALL_NUMBERS).map(([from, to]) => [
      ...[profile, scale, address + 8 * from, to - from],
    ]);
    return after(run("radialProfiles", calls, options), () => {
      q.data.set(heap.f64(address, length));
      return q;
    });
  });
}

/**
 * sum_ij w_ij phi(q_ij), and sum_ij w_ij (-2 phi'(q_ij)) weights_k (x_ik - z_jk)^2 for every k: d + 1
 * numbers.
 */
export function gradientSums(
  fn: string,
  profile: Profile,
  x: Matrix,
  z: Matrix,
  weights: Float64Array,
  w: Matrix,
): Float64Array {
  const [left, right] = scaledPoints(fn, x, z, weights);
  const { exports, heap } = wasm(kernels);
  return heap.scope((arena) => {
    const [m, n, d] = [x.rows, z.rows, x.cols];
    const stride = padded(n);
    const a = arena.f64(left.data);
    const b = transposed(arena, heap, right);
    const c = arena.f64(m * stride);
    const rows = heap.f64(c, m * stride);
    for (let i = 0; i < m; i++) {
      rows.set(w.data.subarray(i * n, (i + 1) * n), i * stride);
      rows.fill(0, i * stride + n, (i + 1) * stride);
    }
    const sums = arena.f64(m * (d + 1));
    exports.radialGradientSums!(profile, a, b, c, sums, arena.f64(2 * (d + 1)), d, stride, 0, m);
    const totals = new Float64Array(d + 1);
    heap.f64(sums, m * (d + 1)).forEach((value, i) => {
      totals[i % (d + 1)]! += value;
    });
    return totals;
  });
}

const padded = (n: number) => Math.ceil(n / 4) * 4;

/** The points' coordinates as rows of padded length, zeros in the padding. */
function transposed(arena: Arena, heap: Heap, { data, rows, cols }: Matrix): number {
  const stride = padded(rows);
  const address = arena.f64(cols * stride);
  const out = heap.f64(address, cols * stride).fill(0);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < cols; k++) out[k * stride + i] = data[i * cols + k]!;
  }
  return address;
}

function ranges(n: number, size: number): [from: number, to: number][] {
  return Array.from({ length: Math.ceil(n / size) }, (_, i) => [
    i * size,
    Math.min(n, (i + 1) * size),
  ]);
}

function run(fn: string, calls: number[][], options?: PoolOptions): Promise<void> | undefined {
  if (options) return options.pool.run(kernels, fn, calls, { signal: options.signal });
  const kernel = wasm(kernels).exports[fn]!;
  for (const call of calls) kernel(...call);
  return undefined;
}

function after<T>(done: Promise<void> | undefined, result: () => T): T | Promise<T> {
  return done ? done.then(result) : result();
}
