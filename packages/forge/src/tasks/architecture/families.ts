import type { Dims, Task } from "../../task/task.ts";
import { type NetworkTask, networkTask } from "../layers/network-task.ts";
import type { Value } from "../layers/value.ts";
import { narrowed } from "./blocks.ts";

/** A task of this category. */
export const architecture = (name: string, task: Omit<NetworkTask, "id">): Task =>
  networkTask({ id: `architecture/${name}`, ...task });

interface Classifier {
  /** Of the image; 3 by default. */
  readonly channels?: number;
  /** The smallest side of an image that leaves something to every layer. */
  readonly least: number;
  /** Numbers of channels stay multiples of this when they are divided. */
  readonly multiple?: number;
  readonly net: (image: Value, classes: number, width: (channels: number) => number) => Value;
}

/** A network from square images to scores of classes; `shrink` divides every number of channels. */
export function classifier(
  name: string,
  published: Dims,
  title: string,
  { channels = 3, least, multiple = 1, net: describe }: Classifier,
): Task {
  return architecture(name, {
    title: `${title}; channels are divided by shrink`,
    dimNames: ["batch", "size", "classes", "shrink"],
    published: [...published, 1],
    least: [1, least, 4, 32],
    shapes: [
      [1, least, 3, 32],
      [2, least + 5, 7, 24],
    ],
    net: (net, [batch, size, classes, shrink]) => {
      const image = net.input("x", [batch!, channels, size!, size!]);
      return describe(image, classes!, narrowed(shrink!, multiple));
    },
  });
}
