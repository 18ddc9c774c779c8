import { type Array64, type Ops, sizeOf } from "@daily-kernel/nn/reference";
import { data } from "../../task/argument.ts";
import { defineTask } from "../../task/define-task.ts";

const tables = [
  [1, 1],
  [3, 1],
  [1, 7],
  [5, 13],
  [17, 64],
  [3, 257],
  [31, 129],
] as const;
const everything = ["uniform", "normal", "signed", "large", "small"] as const;

type Compute = (ops: Ops, x: Array64) => Array64;

function activation(
  name: string,
  title: string,
  flops: number,
  compute: Compute,
  sizes: { batch: number; dim: number } = { batch: 4096, dim: 393216 },
) {
  return defineTask({
    id: `activation/${name}`,
    title,
    dims: sizes,
    shapes: tables,
    families: everything,
    inputs: ({ batch, dim }) => ({ x: data([batch, dim]) }),
    outputs: ({ batch, dim }) => ({ y: [batch, dim] }),
    reference: (ops, [x]) => compute(ops, x),
    flops: ({ batch, dim }) => flops * sizeOf([batch, dim]),
  });
}

/** One function of each element of a table [batch, dim]; the softmaxes over each row. */
export const activationTasks = [
  activation("elu", "y = x for x > 0, e^x - 1 below", 3, (ops, x) => ops.elu(x)),
  activation("gelu", "y = x Phi(x), with the error function", 5, (ops, x) => ops.gelu(x)),
  activation("hardsigmoid", "y = clamp(x/6 + 1/2, 0, 1)", 4, (ops, x) => ops.hardsigmoid(x)),
  activation("hardtanh", "y = clamp(x, -1, 1), exact", 2, (ops, x) => ops.hardtanh(x)),
  activation("leaky_relu", "y = x for x > 0, x/100 below", 2, (ops, x) => ops.leakyRelu(x)),
  activation("log_softmax", "y[b, :] = x[b, :] - log sum exp x[b, :]", 5, (ops, x) =>
    ops.logSoftmax(x, 1),
  ),
  activation(
    "min_gpt_new_gelu",
    "y = x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3)))",
    9,
    (ops, x) => ops.geluTanh(x),
    { batch: 8192, dim: 8192 },
  ),
  activation("relu", "y = max(x, 0), exact", 1, (ops, x) => ops.relu(x)),
  activation(
    "selu",
    "y = s x for x > 0, s a (e^x - 1) below; a = 1.6732632, s = 1.0507010",
    4,
    (ops, x) => ops.selu(x),
  ),
  activation("sigmoid", "y = 1 / (1 + e^-x)", 3, (ops, x) => ops.sigmoid(x)),
  activation("softmax", "y[b, :] = exp x[b, :] / sum exp x[b, :]", 5, (ops, x) =>
    ops.softmax(x, 1),
  ),
  activation("softplus", "y = log(1 + e^x); x itself above 20", 3, (ops, x) => ops.softplus(x)),
  activation("softsign", "y = x / (1 + |x|)", 3, (ops, x) => ops.softsign(x)),
  activation("swish", "y = x / (1 + e^-x)", 4, (ops, x) => ops.swish(x)),
  activation("tanh", "y = tanh x", 1, (ops, x) => ops.tanh(x)),
];
