import type { Array64, Ops } from "@daily-kernel/nn/reference";
import { type Argument, data } from "../../task/argument.ts";
import { defineTask } from "../../task/define-task.ts";

type Shape = readonly number[];
const table = (d: { rows: number; cols: number }): Shape => [d.rows, d.cols];

/** A state: zero for the family `uniform`, as published, and as after some steps for the others. */
const state = (shape: Shape, map: (x: number) => number): Argument => {
  const usual = data(shape, { map });
  const draw: Argument["draw"] = (family, rng, size) => {
    const drawn = usual.draw(family, rng, size);
    return family === "uniform" ? new Float32Array(drawn.length) : drawn;
  };
  return { ...usual, draw };
};
const square = (x: number) => x * x;

function step(
  name: string,
  title: string,
  dims: { rows: number; cols: number },
  flops: number,
  inputs: (shape: Shape) => Readonly<Record<string, Argument>>,
  compute: (ops: Ops, inputs: readonly [Array64, Array64, Array64, Array64]) => { param: Array64 },
) {
  return defineTask({
    id: `optimizer/${name}`,
    title: `${title}; the new parameters alone are the output`,
    dims,
    shapes: [
      [1, 1],
      [1, 13],
      [7, 1],
      [5, 129],
      [33, 65],
    ],
    inputs: (d) => ({ param: data(table(d)), ...inputs(table(d)) }),
    outputs: (d) => ({ param: table(d) }),
    reference: (ops, [a, b, c, d]) => compute(ops, [a, b, c, d]).param,
    flops: (d) => flops * d.rows * d.cols,
  });
}

/** One step of an optimiser on a table of parameters. */
export const optimizerTasks = [
  step(
    "adagrad",
    "a += g^2; p -= 0.01 g / (sqrt a + 1e-10)",
    { rows: 1024, cols: 4096 },
    7,
    (s) => ({ grad: data(s), squares: state(s, square) }),
    (ops, [param, grad, squares]) => ops.adagradStep(param, grad, squares),
  ),
  step(
    "adam",
    "m = 0.9 m + 0.1 g; v = 0.999 v + 0.001 g^2; p -= 0.001 m' / (sqrt v' + 1e-8), m' = m/0.1, v' = v/0.001 (the first step)",
    { rows: 512, cols: 2048 },
    13,
    (s) => ({ grad: data(s), m: state(s, (x) => x), v: state(s, square) }),
    (ops, [param, grad, m, v]) => ops.adamStep(param, grad, m, v),
  ),
  step(
    "lamb",
    "r = m / (sqrt v + 1e-6); p -= 0.001 |p| / (|r| + 1e-6) r, lengths over the whole table",
    { rows: 512, cols: 4096 },
    9,
    (s) => ({ m: data(s), v: data(s, { map: (x) => Math.abs(x) + 1e-3 }) }),
    (ops, [param, m, v]) => ops.lambStep(param, m, v),
  ),
  step(
    "rmsprop",
    "v = 0.99 v + 0.01 g^2; p -= 0.001 g / (sqrt v + 1e-8)",
    { rows: 2048, cols: 2048 },
    8,
    (s) => ({ grad: data(s), squares: state(s, square) }),
    (ops, [param, grad, squares]) => ops.rmspropStep(param, grad, squares),
  ),
  step(
    "sgd",
    "v = 0.9 v + g; p -= 0.01 v",
    { rows: 1024, cols: 4096 },
    4,
    (s) => ({ grad: data(s), velocity: state(s, (x) => x) }),
    (ops, [param, grad, velocity]) => ops.sgdStep(param, grad, velocity),
  ),
];
