import { type Array64, createOps, type Ops, primitives as p } from "@daily-kernel/nn/reference";

/** How an honest kernel may add: one running sum from either end, eight of them, or a tree. */
export type Order = "forward" | "backward" | "lanes" | "tree";
export const orders: readonly Order[] = ["forward", "backward", "lanes", "tree"];

const f = Math.fround;

/** A float32 sum in one of the orders. */
function add32(terms: readonly number[], order: Order): number {
  if (order === "tree") {
    if (terms.length <= 1) return terms[0] ?? 0;
    const half = terms.length >> 1;
    return f(add32(terms.slice(0, half), order) + add32(terms.slice(half), order));
  }
  if (order === "backward") return add32(terms.toReversed(), "forward");
  if (order === "forward") return terms.reduce((s, t) => f(s + t), 0);
  const lanes = new Array<number>(8).fill(0);
  terms.forEach((t, i) => {
    lanes[i % 8] = f((lanes[i % 8] as number) + t);
  });
  return add32(lanes, "forward");
}

/** Every operation rounds to `round`'s numbers; sums and products of matrices add one by one. */
export function roundingOps(order: Order, round: (x: number) => number = f): Ops {
  const rounded = (y: unknown): unknown => {
    if (Array.isArray(y)) return y.map(rounded);
    const { data, shape } = y as Array64;
    return { data: data.map(round), shape };
  };
  const arg = (x: unknown) => (x !== null && typeof x === "object" && "data" in x ? rounded(x) : x);
  const wrapped = Object.entries(p).map(([name, op]) => [
    name,
    (...args: unknown[]) => rounded((op as (...a: unknown[]) => unknown)(...args.map(arg))),
  ]);
  const reduced =
    (reduce: (row: readonly number[]) => number): Ops["sum"] =>
    (x, axes, keep) =>
      rounded(rows(rounded(x) as Array64, axes, keep, reduce)) as Array64;
  const mean = (row: readonly number[]) => f(add32(row, order) / row.length);
  return createOps({
    ...(Object.fromEntries(wrapped) as Ops),
    sum: reduced((row) => add32(row, order)),
    mean: reduced(mean),
    variance: reduced((row) => {
      const centre = mean(row);
      return mean(row.map((v) => f(f(v - centre) * f(v - centre))));
    }),
    matmul: (a, b) => rounded(matmul32(arg(a) as Array64, arg(b) as Array64, order)) as Array64,
  });
}

/** A float32 product of matrices, or of a batch of them; vectors and other batches as in double precision. */
function matmul32(a: Array64, b: Array64, order: Order): Array64 {
  const shape = p.matmul(a, b).shape;
  if (a.shape.length < 2 || b.shape.length < 2) return p.matmul(a, b);
  const [m, k] = a.shape.slice(-2) as [number, number];
  const n = b.shape.at(-1) as number;
  const left = p.expand(a, [...shape.slice(0, -2), m, k]).data;
  const right = p.expand(b, [...shape.slice(0, -2), k, n]).data;
  const data = new Float64Array(p.matmul(a, b).data.length).map((_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    const batch = Math.floor(i / m);
    const terms = Array.from({ length: k }, (_, q) =>
      f((left[i * k + q] as number) * (right[(batch * k + q) * n + j] as number)),
    );
    return add32(terms, order);
  });
  return { data, shape };
}

function rows(
  x: Array64,
  axes: Parameters<Ops["sum"]>[1],
  keep: boolean | undefined,
  reduce: (row: readonly number[]) => number,
): Array64 {
  const list = axes === undefined ? x.shape.map((_, i) => i) : [axes].flat();
  const over = new Set(list.map((a) => (a < 0 ? a + x.shape.length : a)));
  const left = x.shape.map((_, i) => i).filter((i) => !over.has(i));
  const { data } = p.permute(x, [...left, ...over]);
  const { shape } = p.sum(x, axes, keep);
  const count = shape.reduce((a, b) => a * b, 1);
  const length = data.length / count;
  const out = new Float64Array(count).map((_, r) =>
    reduce([...data.subarray(r * length, (r + 1) * length)]),
  );
  return { data: out, shape };
}

/** The largest error in units of its bound. */
export function worst(
  got: readonly Array64[],
  expected: readonly { readonly value: Float64Array; readonly bound: Float64Array }[],
): number {
  let most = 0;
  expected.forEach(({ value, bound }, k) => {
    value.forEach((v, i) => {
      const error = Math.abs((got[k]?.data[i] as number) - v);
      if (error > 0) most = Math.max(most, error / (bound[i] as number));
      else if (Number.isNaN(error) && got[k]?.data[i] !== v) most = Number.POSITIVE_INFINITY;
    });
  });
  return most;
}
