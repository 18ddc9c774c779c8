import { type Ops, sizeOf } from "@daily-kernel/nn/reference";
import { type Argument, data, drawn } from "../../task/argument.ts";
import { defineTask } from "../../task/define-task.ts";

type ResizeOptions = Parameters<Ops["resize"]>[2];

interface Images {
  readonly batch: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}
const images = (d: Images) => [d.batch, d.channels, d.height, d.width];

/** To sizes that are given with the dims. */
function toSize(
  name: string,
  title: string,
  [batch, channels, height, width, outHeight, outWidth]: readonly [
    number,
    number,
    number,
    number,
    number,
    number,
  ],
  taps: number,
  options: ResizeOptions,
) {
  const out = (d: { outHeight: number; outWidth: number }) => [d.outHeight, d.outWidth];
  return defineTask({
    id: `resize/${name}`,
    title,
    dims: { batch, channels, height, width, outHeight, outWidth },
    shapes: [
      [1, 1, 1, 1, 1, 1],
      [2, 3, 5, 7, 9, 13],
      [1, 5, 13, 16, 7, 5],
      [3, 2, 8, 11, 32, 6],
    ],
    inputs: (d) => ({ x: data(images(d)) }),
    outputs: (d) => ({ y: [d.batch, d.channels, ...out(d)] }),
    reference: (ops, [x], d) => ops.resize(x, out(d), options),
    flops: (d) => 2 * taps * taps * sizeOf([d.batch, d.channels, ...out(d)]),
  });
}

/** Every spatial size times `factor`. */
function byFactor(
  name: string,
  title: string,
  [batch, channels, ...size]: readonly [number, number, ...number[]],
  factor: number,
  flops: number,
  options: ResizeOptions,
) {
  const axes = ["depth", "height", "width"].slice(3 - size.length);
  type Named = Readonly<Record<string, number>>;
  const shapeOf = (d: Named, by = 1) => [
    d.batch as number,
    d.channels as number,
    ...axes.map((a) => by * (d[a] as number)),
  ];
  return defineTask({
    id: `resize/${name}`,
    title,
    dims: { batch, channels, ...Object.fromEntries(axes.map((a, i) => [a, size[i] as number])) },
    shapes: [
      [1, 1, 1, 1, 1],
      [2, 3, 5, 7, 3],
      [1, 5, 6, 4, 5],
      [3, 2, 3, 8, 7],
    ].map((dims) => dims.slice(0, 2 + size.length)),
    inputs: (d) => ({ x: data(shapeOf(d)) }),
    outputs: (d) => ({ y: shapeOf(d, factor) }),
    reference: (ops, [x], d) => ops.resize(x, shapeOf(d, factor).slice(2), options),
    flops: (d) => flops * sizeOf(shapeOf(d, factor)),
  });
}

/** Rotations by 30 degrees (`turn`) for the family `uniform`, as published; near ones for the others. */
const affine = (batch: number, [c, s]: readonly [number, number]): Argument =>
  drawn([batch, 2, 3], (family, rng) =>
    Float32Array.from({ length: 6 * batch }, (_, i) => {
      const usual = [c, -s, 0, s, c, 0][i % 6] as number;
      return family === "uniform" ? usual : usual + 0.4 * (rng.uniform() - 0.5);
    }),
  );

/** The identity's places, each moved right and down by up to 0.05. */
const warped = (d: Images): Argument =>
  drawn([d.batch, d.height, d.width, 2], (_, rng) =>
    Float32Array.from({ length: 2 * d.batch * d.height * d.width }, (__, k) => {
      const place = Math.floor(k / 2) % (d.height * d.width);
      const [i, n] =
        k % 2 === 0 ? [place % d.width, d.width] : [Math.floor(place / d.width), d.height];
      return (2 * i + 1) / n - 1 + 0.05 * rng.uniform();
    }),
  );

const imageShapes = [
  [1, 1, 1, 1],
  [2, 3, 5, 7],
  [1, 5, 9, 13],
  [3, 2, 8, 11],
] as const;
const linear = { mode: "linear" } as const;

/** Other sizes for images [batch, channels, ...]. Half pixels: element i lies at (i + 1/2) n/m - 1/2. */
export const resizeTasks = [
  toSize(
    "bicubic_upsample",
    "cubic (a = -3/4), corner on corner, edges repeated",
    [4, 64, 64, 64, 256, 256],
    4,
    { mode: "cubic", alignCorners: true },
  ),
  byFactor(
    "bilinear_upsample",
    "twice as high and wide, bilinear, half pixels",
    [8, 256, 64, 64],
    2,
    8,
    linear,
  ),
  toSize(
    "downsample_bilinear",
    "bilinear, half pixels, not widened: elements between are skipped",
    [4, 128, 240, 320, 60, 80],
    2,
    linear,
  ),
  defineTask({
    id: "resize/grid_sample_affine",
    title:
      "each image at theta[b] (column, row, 1) of its own places (-1 to 1 over the outer edges), bilinear, zeros outside",
    dims: { batch: 8, channels: 64, height: 128, width: 128 },
    shapes: imageShapes,
    inputs: (d) => ({ x: data(images(d)), theta: affine(d.batch, [0.866, 0.5]) }),
    outputs: (d) => ({ y: images(d) }),
    reference: (ops, [x, theta], d) =>
      ops.gridSample(x, ops.affineGrid(theta, [d.height, d.width])),
    flops: (d) => 8 * sizeOf(images(d)),
  }),
  defineTask({
    id: "resize/grid_sample_random_warp",
    title:
      "each image at grid[b, h, w] = (column, row), -1 to 1 over the outer edges, bilinear, zeros outside",
    dims: { batch: 4, channels: 3, height: 256, width: 256 },
    shapes: imageShapes,
    inputs: (d) => ({ x: data(images(d)), grid: warped(d) }),
    outputs: (d) => ({ y: images(d) }),
    reference: (ops, [x, grid]) => ops.gridSample(x, grid),
    flops: (d) => 8 * sizeOf(images(d)),
  }),
  toSize(
    "interpolate_dynamic",
    "bilinear, half pixels, to the sizes in the dims",
    [4, 128, 100, 150, 200, 300],
    2,
    linear,
  ),
  byFactor(
    "nearest_neighbor_upsample",
    "each element four times in every direction, exact",
    [16, 128, 32, 32],
    4,
    1,
    { mode: "nearest" },
  ),
  toSize(
    "resize_with_antialias",
    "bilinear, half pixels, the triangle as wide as the reduction, weights with sum 1",
    [8, 3, 256, 256, 128, 128],
    4,
    { mode: "linear", antialias: true },
  ),
  byFactor(
    "trilinear_upsample",
    "twice as deep, high and wide, trilinear, corner on corner",
    [2, 16, 32, 32, 32],
    2,
    16,
    { mode: "linear", alignCorners: true },
  ),
  defineTask({
    id: "resize/upsample_grid_sample",
    title:
      "twice as high and wide (bilinear, half pixels), then each image at theta[b] (column, row, 1) of its places, bilinear, zeros outside",
    dims: { batch: 2, channels: 64, height: 64, width: 64 },
    shapes: imageShapes,
    inputs: (d) => ({ x: data(images(d)), theta: affine(d.batch, [1, 0]) }),
    outputs: (d) => ({ y: [d.batch, d.channels, 2 * d.height, 2 * d.width] }),
    reference(ops, [x, theta], d) {
      const size = [2 * d.height, 2 * d.width] as const;
      return ops.gridSample(ops.resize(x, size, linear), ops.affineGrid(theta, size));
    },
    flops: (d) => 64 * sizeOf(images(d)),
  }),
];
