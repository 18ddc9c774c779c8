import { shapeError } from "@daily-kernel/compute";
import type { Maps } from "./maps.ts";

/** Maps of equal size side by side in their channels. */
export function stacked(inputs: readonly Maps[]): Maps {
  const { n, height, width } = inputs[0]!;
  const odd = inputs.find((maps) => maps.height !== height || maps.width !== width);
  if (odd) {
    throw shapeError(
      `layersModel: joined maps must have one size, got ${height} x ${width} and ${odd.height} x ${odd.width}`,
    );
  }
  const channels = inputs.reduce((sum, maps) => sum + maps.channels, 0);
  const data = new Float32Array(n * height * width * channels);
  let offset = 0;
  for (const maps of inputs) {
    for (let place = 0; place < n * height * width; place++) {
      const from = place * maps.channels;
      data.set(maps.data.subarray(from, from + maps.channels), place * channels + offset);
    }
    offset += maps.channels;
  }
  return { data, n, height, width, channels };
}
