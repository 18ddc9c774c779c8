import {
  type Arena,
  checkPoolOptions,
  domainError,
  numericError,
  type PoolOptions,
  shapeError,
  wasm,
} from "@daily-kernel/compute";
import { correlateAll, correlation, type Step, weightGradient } from "./depthwise-plan.ts";
import { type DepthwiseOptions, type DepthwiseShape, depthwiseShape } from "./depthwise-shape.ts";
import * as kernels from "./kernels.generated.ts";
import { checkTensor, sizeOf, type Tensor } from "./tensor.ts";

type Options = DepthwiseOptions & Partial<PoolOptions>;

/** Where the result goes. */
interface Into {
  /**
   * A tensor of the result's shape to write and return, so that a loop makes no garbage; it may be
   * `x`. Written only once the result is known to be finite.
   */
  out?: Tensor | undefined;
}

/** The index of the first NaN or infinity among n numbers at an address, or -1. */
function firstBad(address: number, n: number): number {
  const { exports, heap } = wasm(kernels);
  if (exports.allFinite!(address, n) !== 0) return -1;
  return heap.f32(address, n).findIndex((value) => !Number.isFinite(value));
}

const notFinite = (fn: string, name: string, value: number, index: number) =>
  domainError(`${fn}: ${name} must be finite, got ${value} at index ${index}`);

const overflow = (fn: string, name: string, index: number) =>
  numericError(`${fn}: ${name} overflows single precision at index ${index}`);

/** Copies a tensor into the heap, having refused NaN and infinities. */
function load(arena: Arena, fn: string, name: string, { data }: Tensor): number {
  const address = arena.f32(data);
  const index = firstBad(address, data.length);
  if (index >= 0) throw notFinite(fn, name, data[index]!, index);
  return address;
}

/** Copies a result out of the heap, into `out` if there is one. */
function copyOut(address: number, shape: readonly number[], out?: Tensor): Tensor {
  const values = wasm(kernels).heap.f32(address, sizeOf(shape));
  // The constructor is faster than `slice`: it does not clear first what it fills.
  if (!out) return { data: new Float32Array(values), shape };
  out.data.set(values);
  return out;
}

/** The same, having refused overflow. */
function take(
  fn: string,
  name: string,
  address: number,
  shape: readonly number[],
  out?: Tensor,
): Tensor {
  const index = firstBad(address, sizeOf(shape));
  if (index >= 0) throw overflow(fn, name, index);
  return copyOut(address, shape, out);
}

/** Every K x K filter turned by 180 degrees. */
function reversed(w: Tensor, taps: number): Float32Array {
  const out = new Float32Array(w.data.length);
  for (let at = 0; at < out.length; at += taps) {
    for (let i = 0; i < taps; i++) out[at + i] = w.data[at + taps - 1 - i]!;
  }
  return out;
}

const outShape = (s: DepthwiseShape) => [s.batch, s.channels, s.outHeight, s.outWidth];

function checkShape(fn: string, name: string, value: Tensor, shape: readonly number[]): void {
  checkTensor(fn, name, value, shape.length);
  const [expected, got] = [shape, value.shape].map((sizes) => `[${sizes.join(", ")}]`);
  if (got !== expected) {
    throw shapeError(`${fn}: ${name} must have shape ${expected}, got ${got}`);
  }
}

function runSteps(steps: readonly Step[]): void {
  const { exports } = wasm(kernels);
  for (const { fn, calls } of steps) for (const args of calls) exports[fn]!(...args);
}

async function runOnPool(steps: readonly Step[], { pool, signal }: PoolOptions): Promise<void> {
  for (const { fn, calls } of steps) await pool.run(kernels, fn, calls, { signal });
}

/** With fewer operations, waking the workers takes longer than they save; the bits are the same. */
const WORTH_A_POOL = 4e7;

/** Numbers that go through the heap together: they stay in the second-level cache. */
const BLOCK = 32768;

/** Why y is not finite at an index although w is: x is not, or the sum overflows. */
function blame(fn: string, x: Tensor, index: number): Error {
  const at = x.data.findIndex((value) => !Number.isFinite(value));
  return at >= 0 ? notFinite(fn, "x", x.data[at]!, at) : overflow(fn, "y", index);
}

/**
 * `forward` on this thread, block by block of planes. A number of x that is not finite spoils an
 * output (at stride 2 it may be skipped), so at stride 1 the outputs alone are looked through, and
 * only if the kernel did not see on the way that they are finite.
 */
function forwardHere(fn: string, x: Tensor, w: Tensor, s: DepthwiseShape, out?: Tensor): Tensor {
  const { heap, exports } = wasm(kernels);
  const { sizes, scratch } = correlation(s, false);
  const [inSize, outSize] = [s.height * s.width, s.outHeight * s.outWidth];
  const planes = s.batch * s.channels;
  const block = Math.min(planes, Math.max(1, Math.floor(BLOCK / inSize)));
  return heap.scope((arena) => {
    const weights = load(arena, fn, "w", w);
    const input = arena.f32(block * inSize);
    const output = arena.f32(planes * outSize);
    const room = arena.alloc(scratch);
    const inputs = heap.f32(input, block * inSize);
    for (let first = 0; first < planes; first += block) {
      const last = Math.min(planes, first + block);
      inputs.set(x.data.subarray(first * inSize, last * inSize));
      if (s.stride === 2 && firstBad(input, (last - first) * inSize) >= 0) throw blame(fn, x, 0);
      // The kernel counts planes from the tensor's start; addresses wrap at 32 bits.
      const starts = [input - 4 * first * inSize, weights, output];
      if (exports.depthwiseInput!(...starts, room, first, last, ...sizes) === 0) {
        const index = firstBad(output + 4 * first * outSize, (last - first) * outSize);
        if (index >= 0) throw blame(fn, x, first * outSize + index);
      }
    }
    return copyOut(output, outShape(s), out);
  });
}

function forwardOnPool(
  fn: string,
  x: Tensor,
  w: Tensor,
  s: DepthwiseShape,
  { out, ...options }: PoolOptions & Into,
): Promise<Tensor> {
  const { heap } = wasm(kernels);
  const shape = outShape(s);
  return heap.scope(async (arena) => {
    const input = load(arena, fn, "x", x);
    const weights = load(arena, fn, "w", w);
    const output = arena.f32(sizeOf(shape));
    const addresses: [number, number, number] = [input, weights, output];
    const step = correlateAll(arena, addresses, s, false, options.pool.threads);
    await runOnPool([step], options);
    return take(fn, "y", output, shape, out);
  });
}

/** The steps of `vjp`, and how to read its results once they are done. */
function planVjp(
  arena: Arena,
  fn: string,
  { x, w, dy }: { x: Tensor; w: Tensor; dy: Tensor },
  s: DepthwiseShape,
  threads: number,
): { steps: Step[]; results: () => [Tensor, Tensor] } {
  const { heap } = wasm(kernels);
  const input = load(arena, fn, "x", x);
  const weights = load(arena, fn, "w", w);
  heap.f32(weights, w.data.length).set(reversed(w, s.K * s.K));
  const upstream = load(arena, fn, "dy", dy);
  const dx = arena.f32(x.data.length);
  const dw = arena.f32(w.data.length);
  return {
    steps: [
      correlateAll(arena, [upstream, weights, dx], s, true, threads),
      weightGradient(arena, [input, upstream, dw], s, threads),
    ],
    results: () => [take(fn, "dx", dx, x.shape), take(fn, "dw", dw, w.shape)],
  };
}

/**
 * Depthwise convolution in the sense of neural networks (a correlation), "same" padding:
 * y[n, c, i, j] = sum over (k, l) of w[c, 0, k, l] x[n, c, s i + k - h, s j + l - h],
 * h = (K - 1) / 2, zero outside x. x is [N, C, H, W], w is [C, 1, K, K] with K odd and at most 63,
 * y is [N, C, ceil(H / s), ceil(W / s)] for stride s = 1 or 2. 2 N C H W K^2 / s^2 operations (the
 * stride-2 kernels do twice that).
 *
 * Throws `ERR_TYPE`, `ERR_SHAPE` or `ERR_DOMAIN` for arguments that are no tensors, do not fit
 * together, or hold NaN or infinities; `ERR_NUMERIC` if the result overflows.
 */
function forward(x: Tensor, w: Tensor, options?: DepthwiseOptions & Into): Tensor;
function forward(
  x: Tensor,
  w: Tensor,
  options: DepthwiseOptions & Into & PoolOptions,
): Promise<Tensor>;
function forward(x: Tensor, w: Tensor, options: Options & Into = {}): Tensor | Promise<Tensor> {
  const fn = "depthwiseConv2d.forward";
  checkPoolOptions(fn, options);
  const s = depthwiseShape(fn, x, w, options);
  const { pool, signal, out } = options;
  if (out !== undefined) checkShape(fn, "out", out, outShape(s));
  if (pool === undefined) return forwardHere(fn, x, w, s, out);
  const operations = 2 * sizeOf(outShape(s)) * s.K ** 2;
  if (operations >= WORTH_A_POOL) return forwardOnPool(fn, x, w, s, { pool, signal, out });
  return (async () => {
    signal?.throwIfAborted();
    return forwardHere(fn, x, w, s, out);
  })();
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
  checkPoolOptions(fn, options);
  const s = depthwiseShape(fn, x, w, options);
  checkShape(fn, "dy", dy, outShape(s));
  const { pool, signal } = options;
  const { heap } = wasm(kernels);
  const inputs = { x, w, dy };
  if (pool === undefined) {
    return heap.scope((arena) => {
      const { steps, results } = planVjp(arena, fn, inputs, s, 1);
      runSteps(steps);
      return results();
    });
  }
  return heap.scope(async (arena) => {
    const { steps, results } = planVjp(arena, fn, inputs, s, pool.threads);
    await runOnPool(steps, { pool, signal });
    return results();
  });
}

/** Depthwise convolution and its gradients: a differentiable operation of our own. */
export const depthwiseConv2d = { forward, vjp };
