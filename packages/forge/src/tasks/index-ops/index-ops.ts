import { data, distinctIndices, indices, mask, weight } from "../../task/argument.ts";
import { defineTask } from "../../task/define-task.ts";

const threeAxes = [
  [1, 1, 1],
  [2, 1, 5],
  [3, 7, 1],
  [1, 67, 13],
  [5, 33, 17],
] as const;
const most = { count: { within: "length" } } as const;
/** rows, length, count: how many of `length` are read or written in each row. */
const rows = [
  [1, 1, 1],
  [3, 5, 2],
  [1, 67, 67],
  [7, 33, 20],
  [17, 64, 31],
] as const;
/** length, count, width: how many rows of `length` are read or written, each `width` wide. */
const slices = [
  [1, 1, 1],
  [5, 2, 3],
  [67, 67, 1],
  [33, 20, 17],
  [64, 31, 65],
] as const;

/** Elements chosen by indices (int32, inside the axis) or masks. */
export const indexTasks = [
  ...(["argmax", "argmin"] as const).map((name) =>
    defineTask({
      id: `index/${name}_over_a_dimension`,
      title: `y[b, j] = where on the middle axis the ${name === "argmax" ? "largest" : "smallest"} x[b, i, j] is (int32); the first of equal ones`,
      dims: { batch: 128, length: 4096, width: 4095 },
      shapes: threeAxes,
      inputs: (d) => ({ x: data([d.batch, d.length, d.width]) }),
      outputs: (d) => ({ y: { shape: [d.batch, d.width], dtype: "int32" } }),
      reference: (ops, [x]) => ops[name](x, 1),
      flops: (d) => d.batch * d.length * d.width,
    }),
  ),
  defineTask({
    id: "index/embedding",
    title: "y[r, c, :] = weight[index[r, c], :], exact",
    dims: { rows: 512, cols: 128, vocabulary: 100000, width: 768 },
    shapes: [
      [1, 1, 1, 1],
      [3, 5, 7, 2],
      [2, 9, 33, 17],
      [5, 4, 20, 65],
    ],
    families: ["uniform"],
    inputs: (d) => ({
      index: indices([d.rows, d.cols], d.vocabulary),
      weight: weight([d.vocabulary, d.width]),
    }),
    outputs: (d) => ({ y: [d.rows, d.cols, d.width] }),
    reference: (ops, [index, table]) => ops.embedding(index, table),
    flops: (d) => d.rows * d.cols * d.width,
    // Only the chosen rows are read.
    bytes: (d) => 4 * d.rows * d.cols * (1 + 2 * d.width),
  }),
  defineTask({
    id: "index/gather",
    title: "y[r, k] = x[r, index[r, k]], exact",
    dims: { rows: 128, length: 8192, count: 4096 },
    shapes: rows,
    inputs: (d) => ({ x: data([d.rows, d.length]), index: indices([d.rows, d.count], d.length) }),
    outputs: (d) => ({ y: [d.rows, d.count] }),
    reference: (ops, [x, index]) => ops.gather(x, 1, index),
    flops: (d) => d.rows * d.count,
    bytes: (d) => 12 * d.rows * d.count,
  }),
  defineTask({
    id: "index/index_add",
    title: "y = x with values[k, :] added to row index[k], for all k; indices come again",
    dims: { length: 1024, count: 8192, width: 4096 },
    shapes: [
      [1, 1, 1],
      [2, 5, 3],
      [7, 67, 1],
      [33, 20, 17],
      [16, 64, 31],
    ],
    inputs: (d) => ({
      x: data([d.length, d.width], { initial: 0 }),
      index: indices([d.count], d.length),
      values: data([d.count, d.width]),
    }),
    outputs: (d) => ({ y: [d.length, d.width] }),
    reference: (ops, [x, index, values]) => ops.indexAdd(x, 0, index, values),
    flops: (d) => d.count * d.width,
  }),
  ...(
    [
      ["index_copy", "y = x with row index[k] replaced by values[k, :]", 8192],
      ["inplace_update", "y = x after x[index[k], :] = values[k, :]", 10000],
    ] as const
  ).map(([name, title, length]) =>
    defineTask({
      id: `index/${name}`,
      title: `${title}, exact; no index comes twice`,
      dims: { length, count: 2048, width: 1024 },
      sizes: most,
      shapes: slices,
      inputs: (d) => ({
        x: data([d.length, d.width], { initial: 0 }),
        index: distinctIndices([d.count], d.length),
        values: data([d.count, d.width]),
      }),
      outputs: (d) => ({ y: [d.length, d.width] }),
      reference: (ops, [x, index, values]) => ops.indexCopy(x, 0, index, values),
      flops: (d) => d.count * d.width,
    }),
  ),
  defineTask({
    id: "index/index_select",
    title: "y[r, k] = x[r, index[k]], exact",
    dims: { rows: 256, length: 8192, count: 2048 },
    shapes: rows,
    inputs: (d) => ({ x: data([d.rows, d.length]), index: indices([d.count], d.length) }),
    outputs: (d) => ({ y: [d.rows, d.count] }),
    reference: (ops, [x, index]) => ops.indexSelect(x, 1, index),
    flops: (d) => d.rows * d.count,
    bytes: (d) => 4 * d.count + 8 * d.rows * d.count,
  }),
  defineTask({
    id: "index/masked_fill",
    title: "y = -infinity where the mask is 1, else x; exact",
    dims: { batch: 64, length: 512, width: 512 },
    shapes: threeAxes,
    inputs: (d) => ({
      x: data([d.batch, d.length, d.width]),
      mask: mask([d.batch, d.length, d.width]),
    }),
    outputs: (d) => ({ y: [d.batch, d.length, d.width] }),
    reference: (ops, [x, chosen]) => ops.maskedFill(x, chosen, Number.NEGATIVE_INFINITY),
    flops: (d) => d.batch * d.length * d.width,
  }),
  defineTask({
    id: "index/scatter",
    title: "y = x with y[r, index[r, k]] = updates[r, k], exact; no index comes twice in a row",
    dims: { rows: 64, length: 8192, count: 4096 },
    sizes: most,
    shapes: rows,
    inputs: (d) => ({
      x: data([d.rows, d.length], { initial: 0 }),
      index: distinctIndices([d.rows, d.count], d.length),
      updates: data([d.rows, d.count]),
    }),
    outputs: (d) => ({ y: [d.rows, d.length] }),
    reference: (ops, [x, index, updates]) => ops.scatter(x, 1, index, updates),
    flops: (d) => d.rows * d.count,
  }),
  defineTask({
    id: "index/scatter_add",
    title: "y = x with updates[r, k] added to y[r, index[r, k]]; indices come again",
    dims: { rows: 32, length: 4096, count: 1024 },
    shapes: [...rows, [5, 3, 40]],
    inputs: (d) => ({
      x: data([d.rows, d.length], { initial: 0 }),
      index: indices([d.rows, d.count], d.length),
      updates: data([d.rows, d.count]),
    }),
    outputs: (d) => ({ y: [d.rows, d.length] }),
    reference: (ops, [x, index, updates]) => ops.scatterAdd(x, 1, index, updates),
    flops: (d) => d.rows * d.count,
  }),
  defineTask({
    id: "index/take_along_dim",
    title: "y[r, k] = x[r, index[r, k]], exact",
    dims: { rows: 128, length: 8192, count: 4096 },
    shapes: rows,
    inputs: (d) => ({ x: data([d.rows, d.length]), index: indices([d.rows, d.count], d.length) }),
    outputs: (d) => ({ y: [d.rows, d.count] }),
    reference: (ops, [x, index]) => ops.takeAlongAxis(x, index, 1),
    flops: (d) => d.rows * d.count,
    bytes: (d) => 12 * d.rows * d.count,
  }),
];
