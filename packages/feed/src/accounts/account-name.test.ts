import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkFullName, checkName, defaultName } from "./account-name.ts";

const input = { code: "ERR_INPUT", status: 400 };

test("names: lower case, 2 to 39, hyphens inside only", () => {
  assert.equal(checkName(" Ada-Lovelace "), "ada-lovelace");
  assert.equal(checkName("a1"), "a1");
  assert.equal(checkName("a".repeat(39)), "a".repeat(39));
  for (const bad of ["", "a", "a".repeat(40), "-ada", "ada-", "a--b", "a b", "a_b", "a.b", "adá"])
    assert.throws(() => checkName(bad), input, bad);
});

test("names that could be taken for the service, or for another's, are refused", () => {
  for (const bad of [
    "admin",
    "Moderator",
    "daily-kernel",
    "anonymous",
    "deleted-1",
    "support",
    "me",
  ])
    assert.throws(() => checkName(bad), { ...input, message: /reserved/ }, bad);
  // Cyrillic, full-width, zero-width, right-to-left: what only looks like a name.
  for (const bad of ["\u0430da", "\uff41da", "a\u200bda", "\u202eada", "ada\0", "ada\u0301"])
    assert.throws(() => checkName(bad), input, JSON.stringify(bad));
  assert.equal(checkName("ada\n"), "ada");
});

test("a default name passes the rules and does not give the address away", () => {
  assert.equal(defaultName("ada.lovelace@example.org", "12345"), "ada-12345");
  assert.equal(defaultName("xk@example.org", "12345"), "reader-12345");
  assert.equal(defaultName("mario@example.org", "12345"), "ma-12345");
  assert.equal(defaultName("1234567@example.org", "12345"), "reader-12345");
  fc.assert(
    fc.property(fc.emailAddress(), fc.integer({ min: 10_000, max: 999_999 }), (email, n) => {
      const name = defaultName(email.toLowerCase(), String(n));
      assert.equal(checkName(name), name);
      const [local = ""] = email.toLowerCase().split("@");
      const [word = ""] = name.split("-");
      assert.ok(word === "reader" || word.length <= local.length / 2);
    }),
    { numRuns: 1000 },
  );
});

test("full names take every script and drop no accent", () => {
  for (const good of [
    "Ada Lovelace",
    "José Ñuñez",
    "王小明",
    "محمد",
    "Nguyễn Thị",
    "O'Neill-Smith 3",
    "",
  ])
    assert.equal(checkFullName(good), good.normalize("NFC"));
  assert.equal(checkFullName("  Ada \t  Lovelace "), "Ada Lovelace");
  assert.equal(checkFullName("Jose\u0301"), "José");
});

test("full names cannot hide, reorder, break or stack", () => {
  for (const bad of [
    "Ada\0",
    "Ada\u202eecalevoL",
    "\u2066Ada\u2069",
    "Ada\u200b",
    "Ada\ufeff",
    "Ada\r\nBcc: eve@example.org",
    "Ada\u2028",
    "Ada\u001b[31m",
    "\u{e0041}Ada",
    "\ud800",
    "a\u0316\u0317\u0318\u0319\u031a",
    "x".repeat(81),
  ])
    assert.throws(() => checkFullName(bad), input, JSON.stringify(bad));
});

test("fuzz: what comes out of the rules is safe in a header, a page and a database (2,000 cases)", () => {
  const texts = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: "grapheme" }),
    fc.string(),
  );
  const through = (check: (text: string) => string, text: string) => {
    try {
      return check(text);
    } catch (error) {
      assert.equal((error as { code: string }).code, "ERR_INPUT");
      return null;
    }
  };
  fc.assert(
    fc.property(texts, (text) => {
      const name = through(checkName, text);
      if (name !== null) assert.match(name, /^[a-z0-9]([a-z0-9-]*[a-z0-9])$/);
      const full = through(checkFullName, text);
      if (full === null) return;
      assert.ok(full.isWellFormed());
      assert.doesNotMatch(full, /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/u);
      assert.equal(checkFullName(full), full);
    }),
    { numRuns: 2000 },
  );
});
