import { dataError } from "@daily-kernel/compute";
import type { Dataset } from "../dataset.ts";
import { folderFiles } from "../files.ts";
import { bytesOf } from "../parse/bytes-of.ts";

/** The shape of a Llama-architecture model, as its file's header tells. */
export interface LlamaShape {
  readonly dim: number;
  readonly hidden: number;
  readonly layers: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly vocab: number;
  readonly maxSequence: number;
}

/** A small language model and its byte-pair vocabulary. */
export interface Stories260K {
  readonly shape: LlamaShape;
  /**
   * All parameters in the file's order: embedding [vocab, dim]; attention gains [layers, dim]; Wq
   * [layers, dim, dim]; Wk and Wv [layers, kvDim, dim]; Wo [layers, dim, dim]; feed-forward gains
   * [layers, dim]; W1 [layers, hidden, dim]; W2 [layers, dim, hidden]; W3 [layers, hidden, dim];
   * final gain [dim]; two rotary tables [maxSequence, dim / heads / 2] that are best recomputed.
   */
  readonly weights: Float32Array;
  /** 512 pieces as raw bytes with their merge scores; piece 1 starts a text. */
  readonly pieces: readonly { readonly bytes: Uint8Array; readonly score: number }[];
}

/** A language model of 260,000 parameters, trained on TinyStories. */
export const stories260k: Dataset<Stories260K> = {
  name: "stories260k",
  title: "stories260K language model",
  licence: {
    name: "MIT",
    serve: true,
    note: "Trained by A. Karpathy with llama2.c (MIT) on TinyStories. The copy's own repository states no licence, and the model page's MIT notice was not seen.",
  },
  origin: "https://github.com/karpathy/llama2.c",
  files: folderFiles("stories260k", [
    [
      "stories260K.bin",
      1056540,
      "b0a507e7ad0f626624f17112325e66691f9076d622e1d3274d103d00299f2696",
    ],
    ["tok512.bin", 6227, "037cb335abb25d1fa9e8ecae30ed2a3a8ace9302862ebcdc05d51a6bbb10c312"],
  ]),
  parse(files) {
    const bytes = bytesOf(files, "stories260K.bin");
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const header = Array.from({ length: 7 }, (_, i) => view.getInt32(4 * i, true));
    const [dim = 0, hidden = 0, layers = 0, heads = 0, kvHeads = 0, vocab = 0, maxSequence = 0] =
      header;
    if (header.join() !== "64,172,5,8,4,512,512") {
      throw dataError(`stories260K.bin: unexpected header ${header.join()}`);
    }
    const weights = Float32Array.from({ length: (bytes.length - 28) / 4 }, (_, i) =>
      view.getFloat32(28 + 4 * i, true),
    );
    const bad = weights.findIndex((w) => !Number.isFinite(w));
    if (bad >= 0) throw dataError(`stories260K.bin: weight ${bad} is not finite`);
    const shape = { dim, hidden, layers, heads, kvHeads, vocab, maxSequence };
    return { shape, weights, pieces: piecesOf(bytesOf(files, "tok512.bin"), vocab) };
  },
};

function piecesOf(bytes: Uint8Array, vocab: number): Stories260K["pieces"] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 4;
  const pieces = Array.from({ length: vocab }, () => {
    const score = view.getFloat32(at, true);
    const length = view.getInt32(at + 4, true);
    at += 8 + length;
    return { bytes: bytes.slice(at - length, at), score };
  });
  if (at !== bytes.length) {
    throw dataError(`tok512.bin: expected ${vocab} pieces in ${at} bytes, got ${bytes.length}`);
  }
  return pieces;
}
