import { shapeError } from "@daily-kernel/compute";

/** A number for all axes, or one for each. */
export type PerAxis = number | readonly number[];

/** One number for each of `rank` axes. */
export function perAxis(name: string, value: PerAxis, rank: number): number[] {
  const all = typeof value === "number" ? new Array<number>(rank).fill(value) : [...value];
  if (all.length !== rank || all.some((n) => !Number.isInteger(n) || n < 0)) {
    throw shapeError(`${name}: expected ${rank} whole numbers >= 0, got [${all.join(", ")}]`);
  }
  return all;
}

/** How a window moves over up to three spatial axes; each list has three entries, ones in front. */
export interface Geometry {
  readonly size: readonly [number, number, number];
  readonly kernel: readonly [number, number, number];
  readonly out: readonly [number, number, number];
  readonly stride: readonly [number, number, number];
  readonly padding: readonly [number, number, number];
  readonly dilation: readonly [number, number, number];
}

export interface WindowOptions {
  stride?: PerAxis;
  padding?: PerAxis;
  dilation?: PerAxis;
}

/** Three entries: `fill` for the axes that are missing in front. */
const three = (list: readonly number[], fill: number) =>
  [...new Array(3 - list.length).fill(fill), ...list] as [number, number, number];

/**
 * Where the windows of a convolution or pooling lie. With `ceil` a last window may reach over the
 * end, if it begins inside the array or its left padding.
 */
export function geometry(
  name: string,
  size: readonly number[],
  kernel: readonly number[],
  options: WindowOptions,
  ceil = false,
): Geometry {
  const rank = size.length;
  const stride = perAxis(`${name}: stride`, options.stride ?? 1, rank);
  const padding = perAxis(`${name}: padding`, options.padding ?? 0, rank);
  const dilation = perAxis(`${name}: dilation`, options.dilation ?? 1, rank);
  const out = size.map((n, i) => {
    const [k, s, p, d] = [kernel[i], stride[i], padding[i], dilation[i]] as number[] as [
      number,
      number,
      number,
      number,
    ];
    const free = (n + 2 * p - d * (k - 1) - 1) / s;
    let count = (ceil ? Math.ceil(free) : Math.floor(free)) + 1;
    if (ceil && (count - 1) * s >= n + p) count--;
    if (!(count >= 1)) {
      throw shapeError(`${name}: a window of ${k} does not fit an axis of ${n} with padding ${p}`);
    }
    return count;
  });
  return {
    size: three(size, 1),
    kernel: three(kernel, 1),
    out: three(out, 1),
    stride: three(stride, 1),
    padding: three(padding, 0),
    dilation: three(dilation, 1),
  };
}

/** Positions of an output axis whose window element `tap` lies inside the input: first and count. */
function inside(g: Geometry, axis: 0 | 1 | 2, tap: number): readonly [number, number] {
  const shift = tap * g.dilation[axis] - g.padding[axis];
  const first = Math.max(0, Math.ceil(-shift / g.stride[axis]));
  const end = Math.min(g.out[axis], Math.ceil((g.size[axis] - shift) / g.stride[axis]));
  return [first, Math.max(0, end - first)];
}

/**
 * Calls `visit(input position, output position, count)` for every row of the output on which window
 * element `tap` is inside: the input advances by the last stride, the output by 1.
 */
export function rows(
  g: Geometry,
  tap: readonly [number, number, number],
  visit: (from: number, to: number, count: number) => void,
): void {
  const [[d0, dn], [h0, hn], [w0, wn]] = [
    inside(g, 0, tap[0]),
    inside(g, 1, tap[1]),
    inside(g, 2, tap[2]),
  ];
  if (wn === 0) return;
  const at = (axis: 0 | 1 | 2, i: number) =>
    i * g.stride[axis] + tap[axis] * g.dilation[axis] - g.padding[axis];
  for (let d = d0; d < d0 + dn; d++) {
    for (let h = h0; h < h0 + hn; h++) {
      const from = (at(0, d) * g.size[1] + at(1, h)) * g.size[2] + at(2, w0);
      visit(from, (d * g.out[1] + h) * g.out[2] + w0, wn);
    }
  }
}
