import { unsupportedError } from "@daily-kernel/compute";
import type { CostModel } from "./cost-model.ts";
import { bytes, concat, int, integer, ints, node, valueInfo, weight } from "./protobuf.ts";

/**
 * A convolutional model as an ONNX file (opset 17) for one sequence length: input `ids` [batch,
 * `length`] of int64, padded with 0, and `counts` [batch, `countedFeatures`]; both are what
 * `inputs` of the model gives; output `values` [batch,
 * targets], the standardised log(1 + value) averaged over the members.
 * @throws Error `ERR_UNSUPPORTED` for another kind of model.
 */
export function exportOnnx(model: CostModel, { length }: { length: number }): Uint8Array {
  const { kind, targets } = model.header;
  if (kind !== "conv1d")
    throw unsupportedError(`exportOnnx: only conv1d models have an ONNX form, not ${kind}`);
  if (!(Number.isSafeInteger(length) && length >= 8 && length % 8 === 0)) {
    throw unsupportedError(`exportOnnx: length must be a multiple of 8, got ${length}`);
  }
  const counted = model.countedFeatures;
  const nodes: Uint8Array[] = [];
  const weights: Uint8Array[] = [
    weight("zero id", [], BigInt64Array.of(0n)),
    weight("axis 2", [1], BigInt64Array.of(2n)),
    weight("members", [], Float32Array.of(model.members.length)),
  ];
  const add = (op: string, inputs: string[], output: string, attributes: Uint8Array[] = []) => {
    nodes.push(node(op, inputs, output, attributes));
    return output;
  };
  // 1 where a token stands, at the resolution of each layer: [batch, 1, rows].
  add("Greater", ["ids", "zero id"], "is token");
  add("Cast", ["is token"], "token flags", [int("to", 1)]);
  add("Unsqueeze", ["token flags", "axis 1"], "live 1");
  weights.push(weight("axis 1", [1], BigInt64Array.of(1n)));
  const pool = (from: string, factor: number, to: string) =>
    add("MaxPool", [from], to, [ints("kernel_shape", [factor]), ints("strides", [factor])]);
  pool("live 1", 4, "live 4");
  pool("live 4", 2, "live 8");
  const outputs: string[] = [];
  for (const [m, w] of model.members.entries()) {
    const name = (what: string) => `${what} of ${m}`;
    const [vocabulary, embedding] = w.embed!.shape as [number, number];
    const channels = w.conv2!.shape[1]!;
    const taps = w.conv1!.shape[1]! / channels;
    weights.push(weight(name("embed"), [vocabulary, embedding], w.embed!.data));
    add("Gather", [name("embed"), "ids"], name("rows"));
    add("Transpose", [name("rows")], name("x"), [ints("perm", [0, 2, 1])]);
    const convolve = (
      from: string,
      k: number,
      width: number,
      filter: Float32Array,
      inner: number,
      live: string,
    ) => {
      weights.push(weight(name(`w${k}`), [channels, inner, width], filter));
      weights.push(weight(name(`b${k}`), [channels], w[`bias${k}`]!.data));
      add("Conv", [from, name(`w${k}`), name(`b${k}`)], name(`z${k}`), [
        ints("pads", [width >> 1, width >> 1]),
      ]);
      add("Relu", [name(`z${k}`)], name(`r${k}`));
      return add("Mul", [name(`r${k}`), live], name(`h${k}`));
    };
    // conv1 is [embedding, taps, channels], the others [taps, channels, channels]; ONNX wants [out, in, taps].
    const first = new Float32Array(channels * embedding * taps);
    for (let e = 0; e < embedding; e++)
      for (let t = 0; t < taps; t++)
        for (let c = 0; c < channels; c++)
          first[(c * embedding + e) * taps + t] = w.conv1!.data[(e * taps + t) * channels + c]!;
    const later = (k: number) => {
      const filter = new Float32Array(channels * channels * 3);
      for (let t = 0; t < 3; t++)
        for (let i = 0; i < channels; i++)
          for (let c = 0; c < channels; c++)
            filter[(c * channels + i) * 3 + t] =
              w[`conv${k}`]!.data[(t * channels + i) * channels + c]!;
      return filter;
    };
    const h1 = convolve(name("x"), 1, taps, first, embedding, "live 1");
    const h2 = convolve(pool(h1, 4, name("p1")), 2, 3, later(2), channels, "live 4");
    const h3 = convolve(pool(h2, 2, name("p2")), 3, 3, later(3), channels, "live 8");
    const h4 = convolve(h3, 4, 3, later(4), channels, "live 8");
    const summaries = [h1, h4].flatMap((h) => {
      const most = add("ReduceMax", [h], `max ${h}`, [ints("axes", [2]), int("keepdims", 0)]);
      const sum = add("ReduceSum", [h, "axis 2"], `sum ${h}`, [int("keepdims", 0)]);
      add("Add", [sum, "one"], `more ${h}`);
      return [most, add("Log", [`more ${h}`], `log ${h}`)];
    });
    let h = add("Concat", [...summaries, "counts"], name("features"), [int("axis", 1)]);
    for (let k = 1; k <= 3; k++) {
      weights.push(weight(name(`dense${k}`), w[`dense${k}`]!.shape, w[`dense${k}`]!.data));
      weights.push(weight(name(`shift${k}`), w[`shift${k}`]!.shape, w[`shift${k}`]!.data));
      h = add("Gemm", [h, name(`dense${k}`), name(`shift${k}`)], name(`y${k}`));
      if (k < 3) h = add("Relu", [h], name(`a${k}`));
    }
    outputs.push(h);
  }
  weights.push(weight("one", [], Float32Array.of(1)));
  add("Sum", outputs, "sum of members");
  add("Div", ["sum of members", "members"], "values");
  const ends = [
    valueInfo(11, "ids", "int64", ["batch", length]),
    valueInfo(11, "counts", "float32", ["batch", counted]),
    valueInfo(12, "values", "float32", ["batch", targets.length]),
  ];
  const graph = bytes(
    7,
    ...nodes.map((n) => bytes(1, n)),
    bytes(2, "cost-model"),
    ...weights.map((w) => bytes(5, w)),
    ...ends,
  );
  return concat(integer(1, 8), graph, bytes(8, bytes(1, ""), integer(2, 17)));
}
