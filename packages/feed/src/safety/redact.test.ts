import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { redact, redactText } from "./redact.ts";
import { newToken } from "./token.ts";

test("mail addresses, tokens, cookies and one-time links do not stay in a text", () => {
  const token = newToken();
  for (const text of [
    "550 5.1.1 <ada.lovelace@example.org>: user unknown",
    "sent to ada.lovelace@example.org.",
    `GET /confirm?token=${token}&x=1`,
    `POST /u/${token} 200`,
    `/login/${token}/`,
    `Authorization: Bearer dk_${token}`,
    `authorization: Basic ${token}`,
    `Cookie: session=${token}; b=ada.lovelace`,
    `Set-Cookie: session=${token}; HttpOnly`,
    `dk_${token}`,
    `"${token}"`,
    "smtp://ada.lovelace:hunter2@mail.example.org:587",
    "postgres://feed:ada.lovelace@db/feed",
    `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.${token}`,
  ]) {
    const clean = redactText(text);
    for (const secret of [token, "ada.lovelace", "hunter2", "eyJzdWIi"])
      assert.ok(!clean.includes(secret), clean);
  }
});

test("the link of a subscription does not stay either", () => {
  const link = "0123456789abcdef".repeat(4).slice(0, 56);
  assert.equal(redactText(`POST /u/${link} 200`), "POST /u/[token] 200");
  assert.equal(redactText(`<unsubscribe+${link}@example.org>`), "<[address]>");
});

test("what a log is for stays", () => {
  for (const text of [
    "GET /api/daily_papers?date=2026-03-02&limit=50 200 3 ms",
    "GET /papers/2409.08729 304",
    "harvest oai:cs: 1,200 papers, next page in 3 s",
    "Error: connect ECONNREFUSED 127.0.0.1:25 at Socket.connect (node:net:1)",
    "run 69a55fa01f21c8fef445a1a1 of kernel-balancing done",
    "sha256 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  ])
    assert.equal(redactText(text), text);
});

test("fields that are secret by their name go whole, in any depth and case", () => {
  const dirty = {
    level: "info",
    status: 200,
    account: "69a55fa01f21c8fef445a1a1",
    headers: new Headers({ authorization: "x", cookie: "y", accept: "text/html" }),
    nested: [{ sessionToken: "s", apiKey: "k", Password: "p", EMAIL: "e", "csrf-token": "c" }],
    smtp_url: "smtp://u:p@h",
    missing: { email: null },
    bytes: new Uint8Array(3),
    when: new Date(0),
  };
  assert.deepEqual(redact(dirty), {
    level: "info",
    status: 200,
    account: "69a55fa01f21c8fef445a1a1",
    headers: { authorization: "[redacted]", cookie: "[redacted]", accept: "text/html" },
    nested: [
      {
        sessionToken: "[redacted]",
        apiKey: "[redacted]",
        Password: "[redacted]",
        EMAIL: "[redacted]",
        "csrf-token": "[redacted]",
      },
    ],
    smtp_url: "[redacted]",
    missing: { email: null },
    bytes: "[3 bytes]",
    when: new Date(0),
  });
});

test("errors keep what they say, without the address in it; circles end", () => {
  const error = Object.assign(new Error("550 <ada@example.org> unknown"), {
    responseCode: 550,
    rejected: ["ada@example.org"],
  });
  const clean = redact(error) as Record<string, unknown>;
  assert.equal(clean.responseCode, 550);
  assert.equal(clean.message, "550 <[address]> unknown");
  assert.ok(!JSON.stringify(clean).includes("ada@"));
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  assert.ok(JSON.stringify(redact(circle)).includes("[deep]"));
});

test("fuzz: an address or token inside any text is gone, and nothing hangs (1,000 cases)", () => {
  const around = fc.string({ unit: "grapheme-ascii", maxLength: 300 });
  fc.assert(
    fc.property(around, fc.emailAddress(), around, (before, email, after) => {
      const token = newToken();
      const clean = redactText(`${before} ${email} ${token} ${after}`);
      assert.ok(!clean.includes(token));
      assert.ok(!clean.includes(email));
    }),
    { numRuns: 1000 },
  );
  // Quadratic patterns would need minutes for these.
  for (const evil of ["a", "a@", "eyJ", "eyJa.", "&token=", "-", "a1", "cookie:", "x://"])
    redactText(evil.repeat(100_000));
});
