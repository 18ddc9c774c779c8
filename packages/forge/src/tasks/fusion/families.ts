import type { Dims, Task } from "../../task/task.ts";
import { type ConvTransposeLayer, conv, convTranspose } from "../layers/convolution.ts";
import { linear } from "../layers/linear.ts";
import { networkTask } from "../layers/network-task.ts";
import type { Value } from "../layers/value.ts";

interface Family extends Partial<ConvTransposeLayer> {
  /** The number of channels is a multiple of this, which the groups of a norm need. */
  readonly groups?: number;
  /** The smallest size of an axis that leaves something to the chain. */
  readonly least?: number;
  /** What comes before the convolution. */
  readonly before?: (x: Value) => Value;
}

type Chain = (x: Value) => Value;

const axes = { 2: ["height", "width"], 3: ["depth", "height", "width"] };

/** Sizes to verify at: small and odd, without multiples of a tile. */
function oddSizes(rank: 2 | 3, least: number, groups: number): Dims[] {
  const grown = (by: readonly number[]) => by.slice(0, rank).map((n) => least + n);
  return [
    [1, 1, groups === 1 ? 5 : groups, ...grown([2, 3, 2])],
    [3, 5, groups === 1 ? 7 : 3 * groups, ...grown(rank === 2 ? [10, 8] : [3, 4, 6])],
  ];
}

const family =
  (rank: 2 | 3, transposed: boolean) =>
  (name: string, published: Dims, chain: string, then: Chain, options: Family = {}): Task => {
    const { groups = 1, before = (x: Value) => x, ...layer } = options;
    const { kernel = 3, stride = 1, padding = 0, outputPadding = 0, bias = true } = layer;
    const least = options.least ?? (transposed ? 2 : kernel);
    const shape = `kernel ${kernel}, stride ${stride}, padding ${padding}`;
    const extra = outputPadding > 0 ? `, output padding ${outputPadding}` : "";
    return networkTask({
      id: `fusion/${name}`,
      title: `${transposed ? "transposed " : ""}convolution ${rank}d (${shape}${extra}): ${chain}`,
      dimNames: ["batch", "channels", "outputs", ...axes[rank]],
      published,
      least: [
        2,
        Math.min(published[1]!, 4),
        // A group of one channel would make a mean over the plane zero, which it is not as published.
        groups === 1 ? 4 : 2 * groups,
        ...axes[rank].map(() => least + 3),
      ],
      multiples: [1, 1, groups, ...axes[rank].map(() => 1)],
      shapes: oddSizes(rank, least, groups),
      net: (net, [batch, channels, outputs, ...size]) => {
        const x = before(net.input("x", [batch!, channels!, ...size]));
        const convolution = { kernel, stride, padding, outputPadding, bias };
        return then((transposed ? convTranspose : conv)(x, outputs!, convolution));
      },
    });
  };

export const conv2d = family(2, false);
export const conv3d = family(3, false);
export const convTranspose2d = family(2, true);
export const convTranspose3d = family(3, true);

interface LinearFamily {
  readonly bias?: boolean;
  /** The number of features is a multiple of this. */
  readonly groupSize?: number;
  /** The least number of rows, for norms over them. */
  readonly batch?: number;
  /** The least number of features. */
  readonly least?: number;
  /** The name of a further size. */
  readonly further?: string;
}

/** A linear layer [batch, input] -> [batch, features]; the chain gets its output, the sizes, its input. */
export function linearChain(
  name: string,
  published: Dims,
  chain: string,
  then: (y: Value, dims: Dims, x: Value) => Value,
  options: LinearFamily = {},
): Task {
  const { bias = true, groupSize = 1, batch = 1, least = groupSize, further } = options;
  const more = further === undefined ? [] : [further];
  const features = groupSize > 1 ? [2 * groupSize, 3 * groupSize] : [least + 4, least + 31];
  return networkTask({
    id: `fusion/${name}`,
    title: `${bias ? "linear" : "linear without bias"}: ${chain}`,
    dimNames: ["batch", "input", "features", ...more],
    published,
    least: [Math.max(batch, 2), 4, 2 * least, ...more.map(() => 4)],
    multiples: [1, 1, groupSize, ...more.map(() => 1)],
    shapes: [
      [batch, 3, features[0]!, ...more.map(() => 3)],
      [batch + 6, 61, features[1]!, ...more.map(() => 17)],
    ],
    net: (net, dims) => {
      const x = net.input("x", [dims[0]!, dims[1]!]);
      return then(linear(x, dims[2]!, { bias }), dims, x);
    },
  });
}
