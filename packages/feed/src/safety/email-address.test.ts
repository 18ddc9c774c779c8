import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { emailAddress } from "../mail/email-address.ts";

test("an address is trimmed, lowered, and its domain put in ASCII", () => {
  assert.equal(emailAddress(" Ada.Lovelace+feed@Example.ORG "), "ada.lovelace+feed@example.org");
  assert.equal(emailAddress("a@bücher.example"), "a@xn--bcher-kva.example");
  assert.equal(emailAddress("o'neill@mail.example.co.uk"), "o'neill@mail.example.co.uk");
});

test("whatever could mean something to a header, a command or a second recipient is refused", () => {
  for (const bad of [
    "",
    "ada",
    "@example.org",
    "ada@",
    "ada@localhost",
    "ada@example.org\r\nBcc: eve@example.org",
    "ada\n@example.org",
    "ada@exam\nple.org",
    "ada\u0000@example.org",
    "ada@example.org,eve@example.org",
    "ada@example.org eve@example.org",
    "Ada <ada@example.org>",
    '"a b"@example.org',
    "ada@eve@example.org",
    ".ada@example.org",
    "a..b@example.org",
    "ada.@example.org",
    "ada@-example.org",
    "ada@example..org",
    "ada@127.0.0.1",
    "ada@[127.0.0.1]",
    "ada@2130706433",
    "ada@example.org/path",
    "ada@exa%6dple.org",
    "ad\u202ea@example.org",
    `${"a".repeat(65)}@example.org`,
    `a@${"b".repeat(64)}.org`,
    `a@${"b.".repeat(130)}org`,
  ])
    assert.throws(() => emailAddress(bad), { code: "ERR_INPUT", status: 400 }, JSON.stringify(bad));
});

test("the message does not carry the address", () => {
  assert.throws(
    () => emailAddress("private.person@@example.org"),
    (error: Error) => !error.message.includes("private"),
  );
});

test("fuzz: any text is refused or comes out harmless and stable (2,000 cases)", () => {
  const near = fc
    .tuple(fc.string(), fc.webUrl(), fc.constantFrom("@", "@@", "", " @"))
    .map(([a, b, at]) => a + at + b.replace("https://", ""));
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.emailAddress(), near), (text) => {
      let out: string;
      try {
        out = emailAddress(text);
      } catch (error) {
        assert.equal((error as { code: string }).code, "ERR_INPUT");
        return;
      }
      assert.match(out, /^[\x21-\x7e]{3,254}$/);
      assert.doesNotMatch(out, /[<>()[\],;:\\"\sA-Z]/);
      assert.equal(out.split("@").length, 2);
      assert.equal(emailAddress(out), out);
    }),
    { numRuns: 2000 },
  );
});
