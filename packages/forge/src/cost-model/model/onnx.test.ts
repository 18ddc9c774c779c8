import assert from "node:assert/strict";
import { test } from "node:test";
import { exportOnnx } from "./onnx.ts";
import { shippedCostModel } from "./shipped.ts";

/** A message by its fields: numbers, or bytes for what a reader knows the meaning of. */
type Message = ReadonlyMap<number, readonly (number | Uint8Array)[]>;

/** Reads protocol-buffer fields of the two wire types that the file has. */
function read(bytes: Uint8Array): Message {
  const fields = new Map<number, (number | Uint8Array)[]>();
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++]!;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const key = varint();
    assert.ok(key % 8 === 0 || key % 8 === 2, `wire type ${key % 8}`);
    let value: number | Uint8Array = varint();
    if (key % 8 === 2) {
      const length = value;
      value = bytes.subarray(at, at + length);
      assert.equal(value.length, length, "a field is cut off");
      at += length;
    }
    const field = Math.floor(key / 8);
    fields.set(field, [...(fields.get(field) ?? []), value]);
  }
  return fields;
}

const messages = (of: Message, field: number) =>
  (of.get(field) ?? []).map((each) => read(each as Uint8Array));
const texts = (of: Message, field: number) =>
  (of.get(field) ?? []).map((each) => new TextDecoder().decode(each as Uint8Array));
const numbers = (of: Message, field: number) => (of.get(field) ?? []) as readonly number[];
const bytesIn = (of: Message, field: number) => of.get(field)![0] as Uint8Array;

const model = await shippedCostModel();
const length = 128;
const file = read(exportOnnx(model, { length }));
const [graph] = messages(file, 7);
const nodes = messages(graph!, 1).map((node) => ({
  inputs: texts(node, 1),
  output: texts(node, 2)[0]!,
  op: texts(node, 4)[0]!,
}));
const initialisers = new Map(
  messages(graph!, 5).map((tensor) => [
    texts(tensor, 8)[0]!,
    { shape: numbers(tensor, 1), type: numbers(tensor, 2)[0], raw: bytesIn(tensor, 9) },
  ]),
);
/** Name, element type and dims of an input or output; a dim without a number has a name. */
const ends = (field: number) =>
  messages(graph!, field).map((info) => {
    const [tensor] = messages(messages(info, 2)[0]!, 1);
    const [shape] = messages(tensor!, 2);
    const dims = messages(shape!, 1).map((dim) => numbers(dim, 1)[0] ?? texts(dim, 2)[0]);
    return [texts(info, 1)[0], numbers(tensor!, 1)[0], dims];
  });

test("a file of opset 17 whose inputs and output are those of the model", () => {
  assert.deepEqual(numbers(file, 1), [8]);
  assert.deepEqual(numbers(messages(file, 8)[0]!, 2), [17]);
  const [float32, int64] = [1, 7];
  assert.deepEqual(ends(11), [
    ["ids", int64, ["batch", length]],
    ["counts", float32, ["batch", model.countedFeatures]],
  ]);
  assert.deepEqual(ends(12), [["values", float32, ["batch", model.targets.length]]]);
});

test("every node has its inputs made before it, and the last one makes the output", () => {
  const known = new Set(["ids", "counts", ...initialisers.keys()]);
  for (const { inputs, output, op } of nodes) {
    for (const input of inputs) assert.ok(known.has(input), `${op} wants ${input}`);
    assert.ok(!known.has(output), `${output} is made twice`);
    known.add(output);
  }
  assert.equal(nodes.at(-1)?.output, "values");
  const used = new Set(nodes.flatMap(({ inputs }) => inputs));
  for (const name of initialisers.keys()) assert.ok(used.has(name), `${name} is used by nobody`);
  const count = (op: string) => nodes.filter((node) => node.op === op).length;
  const members = model.members.length;
  assert.equal(count("Conv"), 4 * members);
  assert.equal(count("Gemm"), 3 * members);
  assert.equal(count("Gather"), members);
});

test("initialisers hold as many bytes as their shapes say, and the model's own weights", () => {
  for (const [name, { shape, type, raw }] of initialisers) {
    const elements = shape.reduce((product, n) => product * n, 1);
    assert.equal(raw.length, elements * (type === 7 ? 8 : 4), name);
  }
  const floats = (name: string) => {
    const { raw } = initialisers.get(name)!;
    return new Float32Array(raw.slice().buffer);
  };
  for (const [m, weights] of model.members.entries()) {
    assert.deepEqual(floats(`embed of ${m}`), weights.embed!.data);
    assert.deepEqual(initialisers.get(`embed of ${m}`)!.shape, weights.embed!.shape);
    // A later layer is [taps, in, out] in the model and [out, in, taps] in the file.
    const channels = weights.conv2!.shape[1]!;
    assert.deepEqual(initialisers.get(`w2 of ${m}`)!.shape, [channels, channels, 3]);
    const filter = floats(`w2 of ${m}`);
    for (const [out, inner, tap] of [
      [0, 0, 0],
      [1, channels - 1, 2],
      [channels - 1, 2, 1],
    ] as const)
      assert.equal(
        filter[(out * channels + inner) * 3 + tap],
        weights.conv2!.data[(tap * channels + inner) * channels + out],
      );
  }
});

test("what has no such form is refused", () => {
  for (const wrong of [0, 7, 12, 8.5, Number.NaN])
    assert.throws(() => exportOnnx(model, { length: wrong }), { code: "ERR_UNSUPPORTED" });
});
