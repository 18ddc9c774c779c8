import type { Encoder } from "./encoder.ts";

/** How often each token of the vocabulary stands in a sequence, as log(1 + count). No weights. */
export function bowEncoder(vocabulary: number): Encoder {
  return {
    width: vocabulary,
    forward(_weights, { ids, begins, lengths }) {
      const features = new Float32Array(lengths.length * vocabulary);
      for (const [s, length] of lengths.entries()) {
        for (const id of ids.subarray(begins[s]!, begins[s]! + length))
          features[s * vocabulary + id]!++;
      }
      for (let i = 0; i < features.length; i++) features[i] = Math.log1p(features[i]!);
      return { features, back: () => {} };
    },
  };
}
