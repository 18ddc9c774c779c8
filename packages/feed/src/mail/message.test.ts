import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { headerText } from "./header-text.ts";
import { type Message, messageOf } from "./message.ts";

const mail = { to: "ada@example.net", subject: "s", text: "t", messageId: "<a@example.org>" };
const sender = {
  from: { name: "Daily Kernel", address: "digest@example.org" },
  domain: "example.org",
};

const headersOf = (message: Message) => {
  const raw = message.raw.toString("latin1");
  const block = raw.slice(0, raw.indexOf("\r\n\r\n"));
  assert.doesNotMatch(block, /(?<!\r)\n|\r(?!\n)|\0/);
  return block
    .replace(/\r\n[ \t]/g, " ")
    .split("\r\n")
    .map((line) => line.slice(0, line.indexOf(":")).toLowerCase())
    .sort();
};

/** Pieces that have begun headers of their own elsewhere, among anything else. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 12 }),
      fc.constantFrom(
        ...["\r\n", "\n", "\r", "\0", "\r\n ", "\u2028", "\u0085", "\x0b", "\x0c", "%0d%0a"],
        ...["Bcc: eve@example.org", "\r\n\r\n<script>", "=?utf-8?q?=0d=0aBcc:_eve?=", "\u202e"],
        ...["\ud800", '"', "<", ">", ",", ";", "\\", "é", "題"],
      ),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));

test("fuzz: no name, subject or header value begins a header of its own (5,000 cases)", () => {
  const expected = headersOf(messageOf({ ...mail, headers: { "X-One": "v" } }, sender));
  fc.assert(
    fc.property(hostile, hostile, hostile, (name, subject, value) => {
      const from = { ...sender.from, name: headerText(name) };
      const content = messageOf(
        { ...mail, subject, headers: { "X-One": `v${value}` } },
        { ...sender, from },
      );
      assert.deepEqual(headersOf(content), expected);
    }),
    { numRuns: 5000 },
  );
});

test("addresses, Message-IDs and header names are refused, not repaired", () => {
  const wrong = [
    { to: "ada@example.net\r\nBcc: eve@example.org" },
    { to: "ada@example.net, eve@example.org" },
    { returnPath: "b@example.org>\r\nRCPT TO:<eve@example.org" },
    { messageId: "<a@b>\r\nBcc: eve@example.org" },
    { headers: { "X-One\r\nBcc": "eve@example.org" } },
    { headers: { "X: Y": "z" } },
  ];
  for (const part of wrong) {
    assert.throws(() => messageOf({ ...mail, ...part }, sender), { code: "ERR_INPUT" });
  }
});

test("a header's text is one line of at most so many characters, whole ones", () => {
  assert.equal(headerText(" a\r\n\tb\u2028c\u0000d\u202e "), "a b c d");
  assert.equal(headerText("x".repeat(300)).length, 250);
  assert.equal(headerText("😀😀", 3), "😀\ufffd");
  assert.equal(headerText("\r\n"), "");
});
