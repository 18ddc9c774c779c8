import assert from "node:assert/strict";
import { test } from "node:test";
import { generate } from "../generate/generate.ts";
import { magnitude } from "./numbers.ts";
import { tokenize } from "./tokenize.ts";
import { buildVocab } from "./vocabulary.ts";

const text = `func.func @kernel(%arg0: memref<100x32xf32>, %arg1: memref<100x32xf32>) {
  affine.for %i = 2 to 98 step 4 {
    affine.for %j = 0 to 32 {
      %0 = affine.load %arg0[%i - 2, %j] : memref<100x32xf32>
      %1 = arith.mulf %0, %0 : f32
      affine.store %1, %arg1[%i, %j] : memref<100x32xf32>
    }
  }
  return
}`;

test("operands, shapes and signs become tokens; what repeats is left out", () => {
  const [{ name, tokens }] = tokenize(text) as [ReturnType<typeof tokenize>[number]];
  assert.equal(name, "kernel");
  assert.equal(
    tokens.join(" "),
    "%arg0 100x 32x f32 %arg1 affine.for 2 trips 96 step 4 affine.for 0 trips 32 " +
      "affine.load %arg0 %loop2 -2 %loop1 arith.mulf ^1 ^1 f32 affine.store ^1 %arg1 %loop2 %loop1 100x 32x f32 } } return",
  );
  assert.equal(
    tokenize(text, { mode: "ops" })[0]!.tokens.join(" "),
    "affine.for affine.for affine.load:f32 arith.mulf:f32 affine.store:f32 return",
  );
});

/** Texts that mean the same: the tokens must not tell them apart. */
const rewrites: Record<string, (text: string) => string> = {
  "names of values": (t) => t.replaceAll(/%(\w+)/g, "%some_$1"),
  "line ends": (t) => t.replaceAll("\n", "\r\n"),
  "one line": (t) => t.replaceAll(/\s+/g, " "),
  indentation: (t) => t.replaceAll(/\n */g, "\n\t\t"),
  comments: (t) => t.replaceAll("\n", " // é, { and %x = \n"),
  "a module around": (t) => `module attributes {a = 1 : i64} {\n${t}\n}`,
  "a byte-order mark": (t) => `\uFEFF${t}`,
};
for (const [what, rewrite] of Object.entries(rewrites)) {
  test(`the tokens do not know ${what}`, () => {
    for (const family of ["affine", "linalg", "tosa"] as const) {
      for (const { text } of generate({ family, n: 10, seed: 11 })) {
        assert.deepEqual(tokenize(rewrite(text))[0]!.tokens, tokenize(text)[0]!.tokens, family);
      }
    }
  });
}

test("a vocabulary: known tokens, magnitudes of unknown numbers, unknown tokens", () => {
  const vocab = buildVocab([text, text.replaceAll("100x", "68x")], { minCount: 2 });
  assert.deepEqual(vocab.tokens.slice(0, 2), ["<pad>", "<unk>"]);
  const changed = text.replace("arith.mulf", "arith.divf").replaceAll("100x", "92x");
  const [{ ids }] = tokenize(changed, { vocab }) as [ReturnType<typeof tokenize>[number]];
  const read = [...ids].map((id) => vocab.tokens[id]);
  assert.deepEqual(read.slice(0, 3), ["%arg0", "x~13/2", "32x"], "92 is of 100's magnitude");
  assert.equal(read.filter((token) => token === "<unk>").length, 1, "arith.divf");
  assert.throws(() => buildVocab([text], { minCount: 0 }), { code: "ERR_DOMAIN" });
  assert.throws(() => tokenize(text, { mode: "letters" as "ops" }), { code: "ERR_DOMAIN" });
});

test("magnitudes: half octaves, and how often 2 divides", () => {
  const known = { "96x": "x~13/4", "100": "~13/2", "-3": "-~3/0", "+1": "+~0/0", "0": "~0/0" };
  for (const [token, expected] of Object.entries(known)) assert.equal(magnitude(token), expected);
  assert.equal(magnitude("6.0"), "float~");
  assert.equal(magnitude("affine.for"), null);
});
