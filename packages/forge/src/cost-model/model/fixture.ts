import { toJax } from "@daily-kernel/nn";
import { defaultDevice, init, nn, numpy as np } from "@jax-js/jax";
import type { NetworkInput } from "./input.ts";
import type { Weights } from "./parameters.ts";

/** The convolutional network of one sequence in jax-js, written from its description: for comparison. */
export async function jaxForward(w: Weights, { ids, counts }: NetworkInput): Promise<Float32Array> {
  await init("wasm");
  defaultDevice("wasm");
  const [vocabulary, embedding] = w.embed!.shape as [number, number];
  const channels = w.conv2!.shape[1]!;
  const taps = w.conv1!.shape[1]! / channels;
  const rows = 8 * (Math.ceil(ids.length / 8) + 1);
  const onehot = new Float32Array(rows * vocabulary);
  for (const [r, id] of ids.entries()) onehot[r * vocabulary + id] = 1;
  const live = (factor: number) => {
    const mask = new Float32Array(rows / factor).fill(0);
    mask.fill(1, 0, Math.ceil(ids.length / factor));
    return toJax({ shape: [rows / factor, 1], data: mask });
  };
  const at = (name: string) => toJax(w[name]!);
  /** Rows of x shifted by `by`, zeros where there are none. */
  const shifted = (x: np.Array, by: number, width: number): np.Array => {
    const n = x.shape[0]!;
    return np
      .pad(x, [
        [width, width],
        [0, 0],
      ])
      .slice([width + by, width + by + n], []);
  };
  const pooled = (x: np.Array, factor: number) =>
    np.max(x.reshape([x.shape[0]! / factor, factor, channels]), 1);
  const x = np.dot(toJax({ shape: [rows, vocabulary], data: onehot }), at("embed"));
  const filters = w.conv1!.data;
  let first = np.zeros([rows, channels]);
  for (let tap = 0; tap < taps; tap++) {
    const filter = new Float32Array(embedding * channels);
    for (let e = 0; e < embedding; e++) {
      for (let c = 0; c < channels; c++) {
        filter[e * channels + c] = filters[(e * taps + tap) * channels + c]!;
      }
    }
    const part = np.dot(
      shifted(x.ref, tap - (taps >> 1), taps),
      toJax({ shape: [embedding, channels], data: filter }),
    );
    first = first.add(part);
  }
  x.dispose();
  first = nn.relu(first.add(at("bias1"))).mul(live(1));
  const convolve = (h: np.Array, k: number, factor: number): np.Array => {
    const wide = np.concatenate([shifted(h.ref, -1, 1), h.ref, shifted(h, 1, 1)], 1);
    return nn.relu(np.dot(wide, at(`conv${k}`)).add(at(`bias${k}`))).mul(live(factor));
  };
  const second = convolve(pooled(first.ref, 4), 2, 4);
  const fourth = convolve(convolve(pooled(second, 2), 3, 8), 4, 8);
  const parts = [first, fourth].flatMap((h) => [np.max(h.ref, 0), np.log1p(np.sum(h, 0))]);
  let y = np
    .concatenate([...parts, toJax({ shape: [counts.length], data: counts })])
    .reshape([1, -1]);
  for (const k of [1, 2, 3]) {
    y = np.dot(y, at(`dense${k}`)).add(at(`shift${k}`));
    if (k < 3) y = nn.relu(y);
  }
  return (await y.data()) as Float32Array;
}
