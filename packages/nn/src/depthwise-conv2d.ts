import {
  type Arena,
  domainError,
  type PoolOptions,
  shapeError,
  type Wasm,
  wasm,
} from "@daily-kernel/compute";
import { type DepthwiseOptions, type DepthwiseShape, depthwiseShape } from "./depthwise-shape.ts";
import * as kernels from "./kernels.generated.ts";
import { checkTensor, sizeOf, type Tensor } from "./tensor.ts";

type Options = DepthwiseOptions & Partial<PoolOptions>;

interface Step {
  fn: "depthwiseInput" | "depthwiseWeight";
  calls: number[][];
}

const roundUp8 = (n: number): number => Math.ceil(n / 8) * 8;

/** Copies a tensor into the heap, having refused NaN and infinities. */
function load({ exports, heap }: Wasm, arena: Arena, fn: string, name: string, t: Tensor): number {
  const address = arena.f32(t.data);
  if (exports.allFinite!(address, t.data.length) === 0) {
    const index = heap.f32(address, t.data.length).findIndex((value) => !Number.isFinite(value));
    throw domainError(`${fn}: ${name} must be finite, got ${t.data[index]} at index ${index}`);
  }
  return address;
}

/** Cuts 0..n-1 into ranges, one a thread several times over, each with scratch of its own. */
function chunks(
  arena: Arena,
  n: number,
  threads: number,
  scratchBytes: number,
  call: (scratch: number, first: number, last: number) => number[],
): number[][] {
  const count = threads === 1 ? 1 : Math.min(n, 4 * threads);
  return Array.from({ length: count }, (_, i) =>
    call(arena.alloc(scratchBytes), Math.floor((i * n) / count), Math.floor(((i + 1) * n) / count)),
  );
}

/** Correlates every plane: the operation itself, or (`adjoint`, with reversed taps) its transpose. */
function correlate(
  arena: Arena,
  [input, weights, output]: [number, number, number],
  s: DepthwiseShape,
  adjoint: boolean,
  threads: number,
): Step {
  const [inRows, inCols] = adjoint ? [s.outHeight, s.outWidth] : [s.height, s.width];
  const [spread, step] = adjoint ? [s.stride, 1] : [1, s.stride];
  const width = roundUp8(s.width);
  const scratch = 4 * (inRows * (width + roundUp8(s.K)) + s.height * width);
  const calls = chunks(arena, s.batch * s.channels, threads, scratch, (at, first, last) => [
    ...[input, weights, output, at, first, last, s.channels],
    ...[inRows, inCols, spread, s.height, s.width, s.K, step],
  ]);
  return { fn: "depthwiseInput", calls };
}

function weightGradient(
  arena: Arena,
  [input, dy, output]: [number, number, number],
  s: DepthwiseShape,
  threads: number,
): Step {
  const width = roundUp8(s.width);
  const taps = roundUp8(s.K);
  const scratch = 8 * s.K * taps + 4 * (s.height * (width + taps) + s.outHeight * width);
  const calls = chunks(arena, s.channels, threads, scratch, (at, first, last) => [
    ...[input, dy, output, at, first, last],
    ...[s.batch, s.channels, s.height, s.width, s.K, s.stride],
  ]);
  return { fn: "depthwiseWeight", calls };
}

/** Every K x K filter turned by 180 degrees. */
function reversed(w: Tensor, taps: number): Float32Array {
  const out = new Float32Array(w.data.length);
  for (let at = 0; at < out.length; at += taps) {
    for (let i = 0; i < taps; i++) out[at + i] = w.data[at + taps - 1 - i]!;
  }
  return out;
}

/** Prepares steps in the heap, runs them here or on the pool, then reads the results. */
function perform<T>(
  options: Options,
  prepare: (arena: Arena, threads: number, instance: Wasm) => { steps: Step[]; result: () => T },
): T | Promise<T> {
  const { pool, signal } = options;
  const instance = wasm(kernels);
  if (pool === undefined) {
    return instance.heap.scope((arena) => {
      const { steps, result } = prepare(arena, 1, instance);
      for (const { fn, calls } of steps) for (const args of calls) instance.exports[fn]!(...args);
      return result();
    });
  }
  return instance.heap.scope(async (arena) => {
    signal?.throwIfAborted();
    const { steps, result } = prepare(arena, pool.threads, instance);
    for (const { fn, calls } of steps) await pool.run(kernels, fn, calls, { signal });
    return result();
  });
}

/**
 * Depthwise convolution in the sense of neural networks (a correlation), "same" padding:
 * y[n, c, i, j] = sum over (k, l) of w[c, 0, k, l] x[n, c, s i + k - h, s j + l - h],
 * h = (K - 1) / 2, zero outside x. x is [N, C, H, W], w is [C, 1, K, K] with K odd and at most 63,
 * y is [N, C, ceil(H / s), ceil(W / s)] for stride s = 1 or 2. 2 N C H W K^2 / s^2 operations (the
 * stride-2 kernels do twice that).
 *
 * Throws `ERR_TYPE`, `ERR_SHAPE` or `ERR_DOMAIN` for arguments that are no tensors, do not fit
 * together, or hold NaN or infinities.
 */
function forward(x: Tensor, w: Tensor, options?: DepthwiseOptions): Tensor;
function forward(x: Tensor, w: Tensor, options: DepthwiseOptions & PoolOptions): Promise<Tensor>;
function forward(x: Tensor, w: Tensor, options: Options = {}): Tensor | Promise<Tensor> {
  const fn = "depthwiseConv2d.forward";
  const s = depthwiseShape(fn, x, w, options);
  const shape = [s.batch, s.channels, s.outHeight, s.outWidth];
  return perform(options, (arena, threads, instance) => {
    const input = load(instance, arena, fn, "x", x);
    const weights = load(instance, arena, fn, "w", w);
    const output = arena.f32(sizeOf(shape));
    return {
      steps: [correlate(arena, [input, weights, output], s, false, threads)],
      result: () => ({ data: instance.heap.f32(output, sizeOf(shape)).slice(), shape }),
    };
  });
}

/**
 * The vector-Jacobian product of `forward` at (x, w): given dy, the gradient with respect to the
 * output, returns [dx, dw], the gradients with respect to x and w. Errors as for `forward`.
 */
function vjp(x: Tensor, w: Tensor, dy: Tensor, options?: DepthwiseOptions): [Tensor, Tensor];
function vjp(
  x: Tensor,
  w: Tensor,
  dy: Tensor,
  options: DepthwiseOptions & PoolOptions,
): Promise<[dx: Tensor, dw: Tensor]>;
function vjp(
  x: Tensor,
  w: Tensor,
  dy: Tensor,
  options: Options = {},
): [Tensor, Tensor] | Promise<[Tensor, Tensor]> {
  const fn = "depthwiseConv2d.vjp";
  const s = depthwiseShape(fn, x, w, options);
  checkTensor(fn, "dy", dy, 4);
  const expected = `[${[s.batch, s.channels, s.outHeight, s.outWidth].join(", ")}]`;
  if (`[${dy.shape.join(", ")}]` !== expected) {
    throw shapeError(`${fn}: dy must have shape ${expected}, got [${dy.shape.join(", ")}]`);
  }
  return perform(options, (arena, threads, instance) => {
    const input = load(instance, arena, fn, "x", x);
    load(instance, arena, fn, "w", w);
    const weights = arena.f32(reversed(w, s.K * s.K));
    const upstream = load(instance, arena, fn, "dy", dy);
    const dx = arena.f32(x.data.length);
    const dw = arena.f32(w.data.length);
    return {
      steps: [
        correlate(arena, [upstream, weights, dx], s, true, threads),
        weightGradient(arena, [input, upstream, dw], s, threads),
      ],
      result: (): [Tensor, Tensor] => [
        { data: instance.heap.f32(dx, x.data.length).slice(), shape: x.shape },
        { data: instance.heap.f32(dw, w.data.length).slice(), shape: w.shape },
      ],
    };
  });
}

/** Depthwise convolution and its gradients: a differentiable operation of our own. */
export const depthwiseConv2d = { forward, vjp };
