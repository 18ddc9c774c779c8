import { conv } from "../layers/convolution.ts";
import { linear } from "../layers/linear.ts";
import { layerNorm } from "../layers/normalization.ts";
import type { Value } from "../layers/value.ts";
import { architecture } from "./families.ts";
import { merge, mlp, type Place, windowAttention, windowMlp } from "./swin-layers.ts";

const DEPTHS = [2, 2, 6, 2];

/** Four stages of blocks over windows, with half the side and twice the channels from one to the next. */
const swin = (
  name: string,
  title: string,
  block: (x: Value, place: Place) => Value,
  normFirst: boolean,
) =>
  architecture(name, {
    title: `image of 32 windows' sides, 4 x 4 patches, stages of 2, 2, 6 and 2 blocks: ${title}`,
    dimNames: ["batch", "window", "headWidth", "classes"],
    published: [10, 7, 32, 1000],
    least: [1, 2, 1, 2],
    shapes: [
      [1, 2, 1, 1],
      [1, 3, 2, 5],
    ],
    net: (net, [batch, window, headWidth, classes]) => {
      const image = net.input("x", [batch!, 3, 32 * window!, 32 * window!]);
      const patches = conv(image, 3 * headWidth!, { kernel: 4, stride: 4 });
      let x = layerNorm(patches.permute([0, 2, 3, 1]));
      for (const [stage, depth] of DEPTHS.entries()) {
        if (stage > 0) x = merge(x, normFirst);
        const moved = x.shape[1]! > window! ? Math.floor(window! / 2) : 0;
        for (let i = 0; i < depth; i++) {
          const shift = i % 2 === 0 ? 0 : moved;
          x = block(x, { window: window!, shift, heads: 3 << stage });
        }
      }
      return linear(layerNorm(x).mean([1, 2]), classes!);
    },
  });

export const swinTasks = [
  swin(
    "swin_mlp",
    "norm and a matrix over the places of each window and head; norm and two layers",
    (x, place) => {
      const y = x.add(windowMlp(layerNorm(x), place));
      return y.add(mlp(layerNorm(y)));
    },
    true,
  ),
  swin(
    "swintransformer_v2",
    "cosine attention with learned position bias, norm; two layers, norm",
    (x, place) => {
      const y = x.add(layerNorm(windowAttention(x, place)));
      return y.add(layerNorm(mlp(y)));
    },
    false,
  ),
];
