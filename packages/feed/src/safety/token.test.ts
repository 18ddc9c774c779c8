import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { equalSafely, hashToken, newToken } from "./token.ts";

test("tokens are 43 characters of base64url and never the same", () => {
  const tokens = Array.from({ length: 1000 }, newToken);
  for (const token of tokens) assert.match(token, /^[\w-]{43}$/);
  assert.equal(new Set(tokens).size, 1000);
});

test("a token's hash is its SHA-256", () => {
  // FIPS 180-2, example B.1
  assert.equal(
    hashToken("abc"),
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
});

test("equalSafely says what === says, for any two texts (1,000 cases)", () => {
  const near = fc.string().map((text) => [text, text.slice(0, -1)] as const);
  fc.assert(
    fc.property(fc.oneof(near, fc.tuple(fc.string(), fc.string())), ([a, b]) => {
      assert.equal(equalSafely(a, b), a === b);
      assert.equal(equalSafely(a, a), true);
    }),
    { numRuns: 1000 },
  );
});
