import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { openEmbedder } from "./open-embedder.ts";

const folder = fileURLToPath(new URL("../../../../../.cache/minilm", import.meta.url));
const prepared = [
  "all-minilm-l6-v2/onnx/model.onnx",
  "node_modules/@huggingface/transformers",
].every((part) => existsSync(join(folder, part)));
const skip = !prepared && "no model here: node packages/feed/test-model/prepare.ts brings one";

const cosine = (a: Float32Array, b: Float32Array) =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);

test("a model from a folder gives the vectors that its makers show", { skip }, async () => {
  const model = await openEmbedder(join(folder, "all-minilm-l6-v2"), { packages: folder });
  assert.ok(model);
  try {
    assert.equal(model.name, "transformers/all-minilm-l6-v2");
    assert.equal(model.dimension, 384);
    const [example, graphs, networks] = await model.embed([
      "This is an example sentence",
      "Learning on graphs with neural networks",
      "Networks of neurons that learn from nodes and edges",
    ]);
    // From the model's card, to four digits.
    [0.0677, 0.0635, 0.0487].forEach((value, i) => {
      assert.ok(Math.abs(example![i]! - value) < 1e-4);
    });
    assert.ok(Math.abs(cosine(graphs!, graphs!) - 1) < 1e-5);
    assert.ok(cosine(graphs!, networks!) > cosine(graphs!, example!) + 0.2);
    const signal = AbortSignal.abort(new Error("enough"));
    await assert.rejects(model.embed(["x"], { signal }), /enough/);
  } finally {
    await model.close?.();
  }
});

test("a package that is missing is named, and what to do", async () => {
  const empty = mkdtempSync(join(tmpdir(), "daily-kernel-"));
  await assert.rejects(openEmbedder("some/model", { packages: empty }), {
    code: "ERR_UNSUPPORTED",
    message: /@huggingface\/transformers is not installed.*npm install/,
  });
  rmSync(empty, { recursive: true });
});

test("latent semantic analysis needs no model, and no name is none", async () => {
  assert.equal(await openEmbedder("lsa"), null);
  await assert.rejects(openEmbedder(""), { code: "ERR_INPUT" });
});
