import assert from "node:assert/strict";
import { test } from "node:test";
import { philoxBlock, philoxDigest, philoxFill } from "./philox.ts";

const F = 0xffffffff;
// Random123, kat_vectors, "philox4x32 10": counter, key, output.
const KNOWN: [number[], number[], number[]][] = [
  [
    [0, 0, 0, 0],
    [0, 0],
    [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  ],
  [
    [F, F, F, F],
    [F, F],
    [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  ],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
];

test("philox gives the published known answers", () => {
  for (const [counter, key, expected] of KNOWN) {
    const out = new Uint32Array(4);
    const [c0, c1, c2, c3] = counter as [number, number, number, number];
    philoxBlock(out, 0, c0, c1, c2, c3, key[0]!, key[1]!);
    assert.deepEqual([...out], expected);
  }
});

test("philoxFill counts blocks in 64 bits", () => {
  const id = { key: [7, 8], stream: [9, 10] } as const;
  const out = new Uint32Array(12);
  philoxFill(out, 4, 2, id, 0xffffffff);
  const expected = new Uint32Array(12);
  philoxBlock(expected, 4, 0xffffffff, 0, 9, 10, 7, 8);
  philoxBlock(expected, 8, 0, 1, 9, 10, 7, 8);
  assert.deepEqual(out, expected);
});

test("philoxDigest tells sequences, lengths and orders apart", () => {
  const messages = [[], [0], [0, 0], [0, 0, 0], [1], [1, 0], [0, 1], [1, 2, 3], [3, 2, 1], [F]];
  const digests = new Set(messages.map((words) => philoxDigest(words).join()));
  assert.equal(digests.size, messages.length);
});
