import { training } from "./blocks.ts";
import { architecture } from "./families.ts";

/** NetVLAD: soft assignment of descriptors to clusters, sums of their distances to the centres. */
const vlad = (name: string, ghosts: number) =>
  architecture(name, {
    title: `batch norm and softmax of x w to clusters and ${ghosts} ghosts, sums of a (x - centre), both norms 1`,
    dimNames: ["batch", "descriptors", "features", "clusters"],
    published: [2048, 100, 512, 32],
    least: [1, 3, 2, 2],
    shapes: [
      [1, 3, 5, 2],
      [3, 7, 11, 5],
    ],
    net: (net, [batch, count, features, clusters]) => {
      const all = clusters! + ghosts;
      const draw = { mean: 0, spread: Math.sqrt(3 / features!) };
      const x = net.input("x", [batch!, count!, features!]);
      const weight = net.weight("clusters", [features!, all], draw);
      const centres = net.weight("centres", [1, features!, clusters!], draw);
      const scores = training(x.reshape([batch! * count!, features!]).matmul(weight)).softmax(1);
      const a = scores.slice(1, 0, clusters!).reshape([batch!, count!, clusters!]);
      const sums = a.permute([0, 2, 1]).matmul(x).permute([0, 2, 1]);
      const distances = sums.sub(a.sum([1], true).mul(centres));
      return distances
        .unit(1)
        .reshape([batch!, clusters! * features!])
        .unit(1);
    },
  });

export const vladTasks = [
  vlad("net_vlad_no_ghost_clusters", 0),
  vlad("net_vlad_with_ghost_clusters", 16),
];
