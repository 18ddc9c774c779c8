import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { openMailer } from "./open-mailer.ts";
import { listOutbox, readOutbox } from "./outbox-mailer.ts";

const from = "Daily Kernel <digest@localhost>";

test("an outbox keeps one file a Message-ID, which pages can show", async () => {
  const folder = join(mkdtempSync(join(tmpdir(), "outbox-")), "mails");
  const mailer = openMailer({ outbox: folder, from });
  const send = (id: string, subject: string) =>
    mailer.send({
      to: "ada@example.net",
      subject,
      text: "Grüße",
      html: "<p>Grüße</p>",
      messageId: `<${id}@localhost>`,
      headers: { "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" },
    });
  await send("a", "first");
  await send("b", "second");
  const { response } = await send("a", "again");
  assert.equal(response, "250 written to a@localhost.eml");
  assert.deepEqual(readdirSync(folder).sort(), ["a@localhost.eml", "b@localhost.eml"]);
  assert.equal(statSync(join(folder, "a@localhost.eml")).mode & 0o777, 0o600);
  const listed = await listOutbox(folder);
  assert.deepEqual(listed.map(({ subject }) => subject).sort(), ["again", "second"]);
  const mail = await readOutbox(folder, "a@localhost.eml");
  assert.equal(mail.to, "ada@example.net");
  assert.equal(mail.text.trim(), "Grüße");
  assert.equal(mail.html?.trim(), "<p>Grüße</p>");
  const post = mail.headers.find(({ name }) => name === "list-unsubscribe-post");
  assert.equal(post?.value, "List-Unsubscribe=One-Click");
  for (const name of [
    "../a@localhost.eml",
    "c@localhost.eml",
    "..%2fa.eml",
    ".eml",
    "a@localhost",
  ]) {
    await assert.rejects(readOutbox(folder, name), { code: "ERR_NOT_FOUND" }, name);
  }
  await mailer.close();
  rmSync(folder, { recursive: true });
  assert.deepEqual(await listOutbox(folder), []);
});

test("a mailer has one way out", () => {
  assert.throws(() => openMailer({ from }), { code: "ERR_INPUT" });
  assert.throws(() => openMailer({ from, outbox: "x", smtpUrl: "smtp://y" }), {
    code: "ERR_INPUT",
  });
  assert.throws(() => openMailer({ from, smtpUrl: "http://y" }), { code: "ERR_INPUT" });
  assert.throws(() => openMailer({ from: "nobody", smtpUrl: "smtp://y" }), { code: "ERR_INPUT" });
});
