import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { checkCsrf, csrfToken, fromOwnPage } from "./csrf.ts";
import { newToken } from "./token.ts";

const key = randomBytes(32);
const owner = newToken();

test("a form's token is good for its owner and key only, every page has another", () => {
  const token = csrfToken({ key, owner });
  assert.equal(checkCsrf({ key, owner, token }), true);
  assert.equal(checkCsrf({ key, owner: newToken(), token }), false);
  assert.equal(checkCsrf({ key: randomBytes(32), owner, token }), false);
  assert.notEqual(csrfToken({ key, owner }), token);
  assert.ok(!token.includes(owner));
});

test("a token for nobody is good for nobody", () => {
  assert.equal(checkCsrf({ key, owner: "", token: csrfToken({ key, owner: "" }) }), false);
});

test("fuzz: no other text is taken for a token (1,000 cases)", () => {
  const token = csrfToken({ key, owner });
  const near = fc
    .tuple(fc.nat(token.length - 1), fc.string({ maxLength: 2 }))
    .map(([at, text]) => token.slice(0, at) + text + token.slice(at + 1));
  const other = fc.oneof(fc.string({ unit: "binary" }), near, fc.constantFrom("", ".", "..", "a."));
  fc.assert(
    fc.property(other, (text) => {
      fc.pre(text !== token);
      assert.equal(checkCsrf({ key, owner, token: text }), false);
    }),
    { numRuns: 1000 },
  );
});

test("a request comes from our own page if its origin says so, or else its fetch metadata", () => {
  const from = (headers: Record<string, string>, base = "https://papers.example.org/x") =>
    fromOwnPage(new Headers(headers), base);
  assert.equal(from({ origin: "https://papers.example.org" }), true);
  assert.equal(from({ "sec-fetch-site": "same-origin" }), true);
  assert.equal(from({ origin: "http://localhost:3000" }, "http://localhost:3000"), true);
  // Whatever the other header says: the origin is the better witness.
  for (const origin of [
    "null",
    "",
    "http://papers.example.org",
    "https://papers.example.org:444",
    "https://papers.example.org.evil.test",
    "https://evil.test",
  ])
    assert.equal(from({ origin, "sec-fetch-site": "same-origin" }), false, origin);
  for (const site of ["same-site", "cross-site", "none"])
    assert.equal(from({ "sec-fetch-site": site }), false, site);
  assert.equal(from({ referer: "https://papers.example.org/" }), false);
  assert.equal(from({}), false);
});
