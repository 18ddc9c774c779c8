import { type Array64, type Ops, sizeOf } from "@daily-kernel/nn/reference";
import { broadcast } from "./broadcast.ts";
import type { Net } from "./net.ts";

type Unary =
  | "exp"
  | "gelu"
  | "geluTanh"
  | "hardswish"
  | "mish"
  | "relu"
  | "sigmoid"
  | "sqrt"
  | "swish"
  | "tanh";
type Binary = "add" | "sub" | "mul" | "div" | "minimum" | "maximum";

/** A tensor of a description: its shape, and its elements when the description is being computed. */
export class Value {
  readonly net: Net;
  readonly shape: readonly number[];
  readonly #array: Array64 | undefined;

  constructor(net: Net, shape: readonly number[], array?: Array64) {
    this.net = net;
    this.shape = shape;
    this.#array = array;
  }

  /** The elements; only asked for inside `Net.apply`. */
  get array(): Array64 {
    if (this.#array === undefined) throw new TypeError("Value: this reading has shapes only");
    return this.#array;
  }

  add(other: Value | number): Value {
    return this.#zip("add", other);
  }
  sub(other: Value | number): Value {
    return this.#zip("sub", other);
  }
  mul(other: Value | number): Value {
    return this.#zip("mul", other);
  }
  div(other: Value | number): Value {
    return this.#zip("div", other);
  }
  minimum(other: Value | number): Value {
    return this.#zip("minimum", other);
  }
  maximum(other: Value | number): Value {
    return this.#zip("maximum", other);
  }

  relu(): Value {
    return this.#map("relu");
  }
  sigmoid(): Value {
    return this.#map("sigmoid");
  }
  tanh(): Value {
    return this.#map("tanh");
  }
  exp(): Value {
    return this.#map("exp");
  }
  sqrt(): Value {
    return this.#map("sqrt");
  }
  /** x Phi(x). */
  gelu(): Value {
    return this.#map("gelu", 5);
  }
  /** The approximation of gelu by tanh. */
  geluTanh(): Value {
    return this.#map("geluTanh", 9);
  }
  /** x sigmoid(x). */
  swish(): Value {
    return this.#map("swish", 2);
  }
  /** x tanh(log(1 + e^x)). */
  mish(): Value {
    return this.#map("mish", 5);
  }
  /** x clamp(x / 6 + 1/2, 0, 1). */
  hardSwish(): Value {
    return this.#map("hardswish", 5);
  }
  leakyRelu(slope: number): Value {
    return this.net.apply(this.shape, 2 * sizeOf(this.shape), (o) =>
      o.leakyRelu(this.array, slope),
    );
  }
  clamp(low: number, high: number): Value {
    return this.net.apply(this.shape, 2 * sizeOf(this.shape), (o) =>
      o.clamp(this.array, low, high),
    );
  }

  sum(axes: readonly number[], keep = false): Value {
    return this.#reduce(axes, keep, (o) => o.sum(this.array, axes, keep));
  }
  mean(axes: readonly number[], keep = false): Value {
    return this.#reduce(axes, keep, (o) => o.mean(this.array, axes, keep));
  }
  /** Mean squared distance from the mean. */
  variance(axes: readonly number[], keep = false): Value {
    return this.#reduce(axes, keep, (o) => o.variance(this.array, axes, keep, 0), 4);
  }
  max(axis: number, keep = false): Value {
    return this.#reduce([axis], keep, (o) => o.max(this.array, [axis], keep));
  }
  min(axis: number, keep = false): Value {
    return this.#reduce([axis], keep, (o) => o.min(this.array, [axis], keep));
  }
  logSumExp(axis: number, keep = false): Value {
    return this.#reduce([axis], keep, (o) => o.logSumExp(this.array, [axis], keep), 3);
  }
  softmax(axis: number): Value {
    return this.net.apply(this.shape, 5 * sizeOf(this.shape), (o) => o.softmax(this.array, axis));
  }
  /** Divided by its Euclidean length along an axis, which counts as at least 1e-12. */
  unit(axis: number): Value {
    return this.net.apply(this.shape, 3 * sizeOf(this.shape), (o) =>
      o.l2Norm(this.array, axis, 1e-12),
    );
  }
  cumsum(axis: number): Value {
    return this.net.apply(this.shape, sizeOf(this.shape), (o) => o.cumsum(this.array, axis));
  }

  /** Products of the last two axes; the others broadcast. */
  matmul(other: Value): Value {
    const [m, k] = this.shape.slice(-2) as [number, number];
    const n = other.shape.at(-1) as number;
    const batch = broadcast(this.shape.slice(0, -2), other.shape.slice(0, -2));
    return this.net.apply([...batch, m, n], 2 * sizeOf(batch) * m * n * k, (o) =>
      o.matmul(this.array, other.array),
    );
  }

  reshape(shape: readonly number[]): Value {
    return this.net.apply(shape, 0, (o) => o.reshape(this.array, shape));
  }
  /** All axes from `first` on as one. */
  flatten(first: number): Value {
    return this.reshape([...this.shape.slice(0, first), sizeOf(this.shape.slice(first))]);
  }
  permute(order: readonly number[]): Value {
    const shape = order.map((axis) => this.shape[axis] as number);
    return this.net.apply(shape, 0, (o) => o.permute(this.array, order));
  }
  /** Elements `start`, `start + step`, ... before `end` of an axis. */
  slice(axis: number, start: number, end = this.shape[axis] as number, step = 1): Value {
    const shape = this.shape.with(axis, Math.ceil((end - start) / step));
    return this.net.apply(shape, 0, (o) => o.slice(this.array, axis, start, end, step));
  }
  /** Zeros before and after an axis. */
  pad(axis: number, before: number, after: number): Value {
    const shape = this.shape.with(axis, (this.shape[axis] as number) + before + after);
    const pairs = this.shape.map(
      (_, i) => (i === axis ? [before, after] : [0, 0]) as [number, number],
    );
    return this.net.apply(shape, 0, (o) => o.pad(this.array, pairs));
  }
  /** Moved by `shift` places along an axis, round the end. */
  roll(axis: number, shift: number): Value {
    return this.net.apply(this.shape, 0, (o) => o.roll(this.array, shift, axis));
  }
  expand(shape: readonly number[]): Value {
    return this.net.apply(shape, 0, (o) => o.expand(this.array, shape));
  }

  /** A weight of one number a channel (axis 1), shaped to broadcast. */
  perChannel(name: string): Value {
    const shape = [this.shape[1] as number, ...this.shape.slice(2).map(() => 1)];
    return this.net.weight(name, shape);
  }
  /** A weight of one number a feature (the last axis). */
  perFeature(name: string): Value {
    return this.net.weight(name, [this.shape.at(-1) as number]);
  }

  #map(op: Unary, cost = 1): Value {
    return this.net.apply(this.shape, cost * sizeOf(this.shape), (o) => o[op](this.array));
  }
  #zip(op: Binary, other: Value | number): Value {
    const shape = typeof other === "number" ? this.shape : broadcast(this.shape, other.shape);
    return this.net.apply(shape, sizeOf(shape), (o) =>
      o[op](this.array, typeof other === "number" ? other : other.array),
    );
  }
  #reduce(axes: readonly number[], keep: boolean, compute: (ops: Ops) => Array64, cost = 1) {
    const shape = this.shape.map((n, i) => (axes.includes(i) ? 1 : n));
    const left = keep ? shape : shape.filter((_, i) => !axes.includes(i));
    return this.net.apply(left, cost * sizeOf(this.shape), compute);
  }
}

/** Values one after the other along an axis. */
export function concat(parts: readonly Value[], axis: number): Value {
  const [first] = parts as [Value];
  const length = parts.reduce((sum, part) => sum + (part.shape[axis] as number), 0);
  return first.net.apply(first.shape.with(axis, length), 0, (o) =>
    o.concat(
      parts.map((part) => part.array),
      axis,
    ),
  );
}
