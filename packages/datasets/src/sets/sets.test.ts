import assert from "node:assert/strict";
import { test } from "node:test";
import type { LabelledImages, Table } from "../shapes.ts";
import { tensorsOf } from "../tfjs-model.ts";
import { cifar10 } from "./cifar10.ts";
import { coat } from "./coat.ts";
import { cranfield } from "./cranfield.ts";
import { fashionMnist } from "./fashion-mnist.ts";
import { flights } from "./flights.ts";
import { iris } from "./iris.ts";
import { kgymBugs } from "./kgym-bugs.ts";
import { kgymLogs } from "./kgym-logs.ts";
import { mnist } from "./mnist.ts";
import { mnistDigits } from "./mnist-digits.ts";
import { nasbench201 } from "./nasbench201.ts";
import { inceptionV3Nsfw, mobilenetV2Nsfw } from "./nsfwjs-models.ts";
import { realData } from "./real-data.fixture.ts";
import { stories260k } from "./stories260k.ts";
import { uciRegression } from "./uci-regression.ts";

const mean = (values: ArrayLike<number>) => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
};

const counts = ({ labels, classNames }: Pick<LabelledImages, "labels" | "classNames">) =>
  classNames.map((_, k) => labels.reduce((sum, label) => sum + (label === k ? 1 : 0), 0));

const column = ({ data, rows, cols }: Table, col: number) =>
  Float64Array.from({ length: rows }, (_, row) => data[row * cols + col]!);

test("mnist: the counts and moments that the literature uses", async (t) => {
  const data = await realData(t, mnist);
  if (data === undefined) return;
  const { train, test } = data;
  assert.deepEqual([...train.labels.subarray(0, 5)], [5, 0, 4, 1, 9]);
  assert.deepEqual(
    counts(train),
    [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
    "class counts of the training set",
  );
  assert.deepEqual(counts(test), [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
  const mu = mean(train.images) / 255;
  assert.ok(Math.abs(mu - 0.1307) < 5e-5, `mean grey level ${mu}`);
});

test("mnist-digits: every image is one of MNIST's, and the package's numbers come back", async (t) => {
  const digits = await realData(t, mnistDigits);
  if (digits === undefined) return;
  assert.deepEqual(counts(digits), [1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978]);
  // The first inked pixels of the package's first zero, as printed in its file.
  const inked = digits.images.findIndex((grey) => grey > 0);
  const printed = [...digits.images.subarray(inked, inked + 5)];
  assert.deepEqual(
    printed.map((grey) => Math.round((1000 * grey) / 255) / 1000),
    [0.2, 0.624, 0.992, 0.624, 0.196],
  );
  const whole = await realData(t, mnist);
  if (whole === undefined) return;
  const key = (set: LabelledImages, i: number) =>
    `${set.labels[i]} ${Buffer.from(set.images.buffer, i * 784, 784).toString("latin1")}`;
  const known = new Set<string>();
  for (const set of [whole.train, whole.test]) {
    for (let i = 0; i < set.n; i++) known.add(key(set, i));
  }
  for (let i = 0; i < digits.n; i++) {
    assert.ok(known.has(key(digits, i)), `image ${i} with its label is in MNIST`);
  }
});

test("cifar10: first pixel, labels, channel means", async (t) => {
  const data = await realData(t, cifar10);
  if (data === undefined) return;
  const { train, test } = data;
  assert.deepEqual([...train.images.subarray(0, 3)], [59, 62, 63]);
  assert.equal(train.classNames[train.labels[0]!], "frog");
  assert.deepEqual(counts(train), Array(10).fill(5000));
  assert.deepEqual(counts(test), Array(10).fill(1000));
  // The channel means that training recipes normalise by.
  for (const [channel, expected] of [0.4914, 0.4822, 0.4465].entries()) {
    let sum = 0;
    for (let i = channel; i < train.images.length; i += 3) sum += train.images[i]!;
    const mu = sum / (train.images.length / 3) / 255;
    assert.ok(Math.abs(mu - expected) < 1e-4, `channel ${channel} has mean ${mu}`);
  }
});

test("fashion-mnist: equal classes, mean grey level", async (t) => {
  const data = await realData(t, fashionMnist);
  if (data === undefined) return;
  assert.deepEqual(counts(data.train), Array(10).fill(6000));
  assert.deepEqual(counts(data.test), Array(10).fill(1000));
  const mu = mean(data.train.images) / 255;
  assert.ok(Math.abs(mu - 0.286) < 1e-4, `mean grey level ${mu}`);
});

test("flights: ranges and means of the columns", async (t) => {
  const table = await realData(t, flights);
  if (table === undefined) return;
  const expected = [
    [-58, 180, 7.933508739],
    [108, 2298, 506.802508],
    [1 / 60, 23 + 59 / 60, 13.964056926],
  ] as const;
  for (const [j, [low, high, mu]] of expected.entries()) {
    const values = column(table, j);
    const [least, most] = values.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)] as const, [
      values[0]!,
      values[0]!,
    ] as const);
    assert.ok(
      Math.abs(least - low) < 1e-12 && Math.abs(most - high) < 1e-12,
      `column ${table.columns[j]}`,
    );
    assert.ok(Math.abs(mean(values) - mu) < 1e-6, `column ${table.columns[j]}`);
  }
});

test("iris: Fisher's means and his 35th flower", async (t) => {
  const data = await realData(t, iris);
  if (data === undefined) return;
  assert.deepEqual(counts(data), [50, 50, 50]);
  assert.deepEqual([...data.table.data.subarray(34 * 4, 35 * 4)], [4.9, 3.1, 1.5, 0.2]);
  const setosaMeans = [5.006, 3.428, 1.462, 0.246];
  setosaMeans.forEach((expected, col) => {
    const mu = mean(column(data.table, col).subarray(0, 50));
    assert.ok(Math.abs(mu - expected) < 1e-12, `${data.table.columns[col]}: ${mu}`);
  });
});

test("coat: counts, means and overlap of the two sets of ratings", async (t) => {
  const data = await realData(t, coat);
  if (data === undefined) return;
  const rated = (ratings: Float64Array) => ratings.filter((r) => r > 0);
  assert.equal(rated(data.train).length, 6960);
  assert.equal(rated(data.test).length, 4640);
  assert.ok(Math.abs(mean(rated(data.train)) - 2.611) < 5e-4);
  assert.ok(Math.abs(mean(rated(data.test)) - 2.229) < 5e-4);
  const both = data.train.reduce((sum, r, i) => sum + (r > 0 && data.test[i]! > 0 ? 1 : 0), 0);
  assert.equal(both, 366);
  assert.deepEqual([data.userFeatures.cols, data.itemFeatures.cols], [14, 33]);
  assert.equal(data.itemFeatures.columns[0], "gender:men");
});

test("cranfield: documents, queries by position, grades as printed", async (t) => {
  const data = await realData(t, cranfield);
  if (data === undefined) return;
  const { docs, queries, judgements } = data;
  assert.match(docs[0]!.title, /^experimental investigation of the aerodynamics of a wing/);
  assert.deepEqual([queries[2]!.id, queries[2]!.printedId], [3, 4]);
  const relevant = judgements.filter((j) => j.grade > 0);
  assert.equal(relevant.length, 1612);
  assert.equal(new Set(relevant.map((j) => j.query)).size, 225);
  const empty = docs.filter((doc) => doc.text === "").map((doc) => doc.id);
  assert.deepEqual(empty, [471, 995]);
});

test("kgym-bugs: each fix touches the files it names", async (t) => {
  const bugs = await realData(t, kgymBugs);
  if (bugs === undefined) return;
  for (const bug of bugs) {
    for (const file of bug.patch_modified_files) assert.ok(bug.patch.includes(file), bug.id);
  }
  assert.equal(new Set(bugs.map((bug) => bug.id)).size, bugs.length);
});

test("kgym-logs: crashes with their titles", async (t) => {
  const logs = await realData(t, kgymLogs);
  if (logs === undefined) return;
  assert.ok(logs.some((log) => log.title.startsWith("KASAN: ")));
  assert.equal(new Set(logs.map((log) => log.src)).size, logs.length);
});

test("nasbench201: all cells and the known best accuracies", async (t) => {
  const data = await realData(t, nasbench201);
  if (data === undefined) return;
  assert.equal(data.accuracies.columns.join(), "c10_200,c100_200,in16_200,c10_12,c100_12,in16_12");
  assert.ok(Math.abs(Math.max(...column(data.accuracies, 0)) - 94.37) < 5e-3);
  assert.ok(Math.abs(Math.max(...column(data.accuracies, 3)) - 89.16) < 5e-3);
});

test("stories260k: weights of the stated shape, a vocabulary that can spell", async (t) => {
  const data = await realData(t, stories260k);
  if (data === undefined) return;
  const { dim, hidden, layers, heads, kvHeads, vocab, maxSequence } = data.shape;
  const kvDim = (dim / heads) * kvHeads;
  const layer = 2 * dim + 2 * dim * dim + 2 * kvDim * dim + 3 * dim * hidden;
  const rotary = 2 * maxSequence * (dim / heads / 2);
  assert.equal(data.weights.length, vocab * dim + layers * layer + dim + rotary);
  const words = data.pieces.map((piece) => new TextDecoder().decode(piece.bytes));
  assert.ok(words.includes(" the"));
});

test("uci-regression: sizes and first targets", async (t) => {
  const data = await realData(t, uciRegression);
  if (data === undefined) return;
  const sizes = Object.values(data).map(({ rows, cols }) => `${rows}x${cols - 1}`);
  assert.equal(sizes.join(), "1030x8,768x8,8192x8,9568x4,1599x11,308x6");
  assert.equal(column(data.concrete, 8)[0], 79.99);
  assert.ok(Math.abs(mean(column(data.wine, 11)) - 5.636) < 5e-4);
});

for (const { dataset, tensors, parameters, last } of [
  { dataset: inceptionV3Nsfw, tensors: 382, parameters: 22_360_869, last: "dense_3/bias" },
  { dataset: mobilenetV2Nsfw, tensors: 266, parameters: 2_619_461, last: undefined },
]) {
  test(`${dataset.name}: every byte of the shards belongs to a tensor`, async (t) => {
    const model = await realData(t, dataset);
    if (model === undefined) return;
    const byName = tensorsOf(model);
    assert.equal(byName.size, tensors);
    let sum = 0;
    for (const { data } of byName.values()) {
      sum += data.length;
      assert.ok(Number.isFinite(mean(data)));
    }
    assert.equal(sum, parameters);
    if (last !== undefined) assert.deepEqual(byName.get(last)?.shape, [5]);
  });
}
