import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import type { Dataset } from "../dataset.ts";
import { cifar10 } from "./cifar10.ts";
import { iris } from "./iris.ts";
import { kgymBugs } from "./kgym-bugs.ts";
import { kgymLogs } from "./kgym-logs.ts";
import { mnist } from "./mnist.ts";
import { mnistDigits } from "./mnist-digits.ts";
import { nasbench201 } from "./nasbench201.ts";
import { inceptionV3Nsfw } from "./nsfwjs-models.ts";
import { stories260k } from "./stories260k.ts";

const text = (content: string) => new TextEncoder().encode(content);
const zipped = (content: string) => new Uint8Array(gzipSync(content));

async function refused(
  dataset: Dataset<unknown>,
  files: Readonly<Record<string, Uint8Array>>,
  message: RegExp,
) {
  const parsing = async () => await dataset.parse(new Map(Object.entries(files)));
  await assert.rejects(parsing, { code: "ERR_DATA", message });
}

const flowers = Array.from({ length: 150 }, (_, i) => {
  return [5.1, 3.5, 1.4, 0.1 + i / 100, ["setosa", "versicolor", "virginica"][Math.floor(i / 50)]];
});

test("iris is read in order, and refused where a flower is wrong", async () => {
  const parse = (rows: unknown) => iris.parse(new Map([["iris.json", text(JSON.stringify(rows))]]));
  const first = await parse(flowers);
  (first.classNames as string[])[0] = "mine now";
  (first.table.columns as string[])[0] = "mine now";
  const { table, labels, classNames } = await parse(flowers);
  assert.deepEqual([classNames[0], table.columns[0]], ["setosa", "sepal length"]);
  assert.deepEqual([...table.data.subarray(596)], [5.1, 3.5, 1.4, 0.1 + 1.49]);
  assert.deepEqual([labels[49], labels[50], labels[149]], [0, 1, 2]);
  const json = (rows: unknown) => ({ "iris.json": text(JSON.stringify(rows)) });
  await refused(iris, json(flowers.slice(1)), /expected an array of 150 flowers/);
  await refused(iris, json(flowers.with(3, [1, 2, 3, "4", "setosa"])), /flower 4 is not/);
  await refused(iris, json(flowers.with(0, flowers[149]!)), /flower 1 is not/);
});

test("image sets refuse wrong shapes and values", async () => {
  await refused(mnist, { "train-images-idx3-ubyte": text("short") }, /not an IDX file/);
  const digits = (data: unknown) => ({ "0.json": text(JSON.stringify({ data })) });
  await refused(mnistDigits, digits([0]), /0\.json: expected \{ data \} with 784784 numbers/);
  const levels = Array(784_784).fill(0).with(7, 1.5);
  await refused(mnistDigits, digits(levels), /expected a number in 0\.\.1, got 1\.5 at index 7/);
});

test("image sets stop decoding when cancelled", async () => {
  const reason = new Error("enough");
  for (const set of [cifar10, mnistDigits]) {
    const parsing = async () => await set.parse(new Map(), AbortSignal.abort(reason));
    await assert.rejects(parsing, reason);
  }
});

test("records are counted and checked", async () => {
  await refused(kgymBugs, { "bugs.jsonl.gz": zipped("{}\n") }, /expected 170 bugs, got 1/);
  const lines = "{}\n".repeat(170);
  await refused(kgymBugs, { "bugs.jsonl.gz": zipped(lines) }, /line 1 is not a bug/);
  await refused(kgymLogs, { "cases.jsonl.gz": zipped("") }, /expected 87 logs, got 0/);
  const nulls = "null\n".repeat(87);
  await refused(kgymLogs, { "cases.jsonl.gz": zipped(nulls) }, /line 1 is not a log/);
});

test("tables and models are checked", async () => {
  const csv = (rows: string) => ({ "nb201.csv": text(`index,cell,a\n${rows}`) });
  await refused(nasbench201, csv("0,421215,80\n"), /row 1 must start with its index and a cell/);
  await refused(nasbench201, csv("0,421211,80\n"), /expected 15625 distinct cells/);
  const bin = new Uint8Array(28);
  await refused(stories260k, { "stories260K.bin": bin }, /unexpected header 0,0,0/);
  await refused(inceptionV3Nsfw, { "model.min.js": text("x") }, /not a bundle/);
});
