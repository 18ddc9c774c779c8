import assert from "node:assert/strict";
import { createHash, createVerify, generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import PostalMime from "postal-mime";
import type { MailRefused } from "./mail.ts";
import { openMailer } from "./open-mailer.ts";
import { type Manner, openSmtpSink, type Taken } from "./smtp-sink.ts";

const from = "Daily Kernel <digest@example.org>";
const hello = { subject: "Grüße $x^2$", text: "plain", html: "<p>html</p>" };

async function conversation(
  manner: (recipient: string) => Manner,
  work: (mailer: ReturnType<typeof openMailer>, taken: Taken[]) => Promise<void>,
  options: { connections?: number; dkim?: object } = {},
) {
  const taken: Taken[] = [];
  const sink = await openSmtpSink({ manner, taken: (mail) => taken.push(mail) });
  const mailer = openMailer({ smtpUrl: sink.url, from, ...(options as object) });
  try {
    await work(mailer, taken);
  } finally {
    await mailer.close();
    await sink.close();
  }
}

const refused = (responseCode: number | null, by: MailRefused["by"]) => (error: MailRefused) => {
  assert.deepEqual(
    [error.code, error.responseCode, error.by],
    ["ERR_MAIL_REFUSED", responseCode, by],
  );
  return true;
};

test("a mail is taken: envelope, headers, text first, then HTML", async () => {
  await conversation(
    () => "take",
    async (mailer, taken) => {
      const { response } = await mailer.send({
        ...hello,
        to: "ada@example.net",
        messageId: "<one@example.org>",
        date: new Date("2026-11-24T06:00:00Z"),
        returnPath: "b-1@bounce.example.org",
        headers: { Precedence: "bulk" },
      });
      assert.match(response, /^250 .*taken/);
      assert.equal(taken[0]!.from, "b-1@bounce.example.org");
      assert.equal(taken[0]!.to, "ada@example.net");
      assert.equal(taken[0]!.messageId, "<one@example.org>");
      const raw = taken[0]!.raw.toString();
      assert.match(raw, /^Precedence: bulk\r$/m);
      assert.match(raw, /^Date: Tue, 24 Nov 2026 06:00:00 \+0000\r$/m);
      assert.match(raw, /^Content-Type: multipart\/alternative;/m);
      assert.ok(raw.indexOf("text/plain") < raw.indexOf("text/html"));
      const mail = await PostalMime.parse(taken[0]!.raw);
      assert.equal(mail.subject, hello.subject);
      assert.equal(mail.html?.trim(), "<p>html</p>");
      assert.deepEqual(mail.from, { name: "Daily Kernel", address: "digest@example.org" });
    },
  );
});

test("550 and 451 at the recipient and at the content; the connection goes on", async () => {
  const at = { recipient: "recipient", content: "content" } as const;
  const manners: Record<string, Manner> = {
    "gone@example.net": { at: at.recipient, code: 550, text: "5.1.1 no such user" },
    "grey@example.net": { at: at.recipient, code: 451, text: "4.7.1 come back later" },
    "spam@example.net": { at: at.content, code: 554, text: "5.7.1 not that" },
    "full@example.net": { at: at.content, code: 452, text: "4.2.2 full" },
  };
  await conversation(
    (to) => manners[to] ?? "take",
    async (mailer, taken) => {
      const send = (to: string) => mailer.send({ ...hello, to });
      await assert.rejects(send("gone@example.net"), (error: Error) => {
        assert.match(error.message, /5\.1\.1 no such user/);
        return refused(550, "recipient")(error as MailRefused);
      });
      await assert.rejects(send("grey@example.net"), refused(451, "recipient"));
      await assert.rejects(send("spam@example.net"), refused(554, "message"));
      await assert.rejects(send("full@example.net"), refused(452, "message"));
      await send("ada@example.net");
      assert.deepEqual(
        taken.map(({ to }) => to),
        ["ada@example.net"],
      );
    },
    { connections: 1 },
  );
});

test("a connection cut before the content is a refusal, after it nobody knows, after 250 it is sent", async () => {
  await conversation(
    (to) => to.split("@")[0] as Manner,
    async (mailer, taken) => {
      const send = (name: Manner) => mailer.send({ ...hello, to: `${name}@example.net` });
      await assert.rejects(send("cut-at-recipient"), refused(null, "sender"));
      assert.equal(taken.length, 0);
      await assert.rejects(send("cut-before-250"), refused(null, "unknown"));
      assert.match((await send("cut-after-250")).response, /^250/);
      await send("take");
      // Nothing was sent again behind our back.
      assert.equal(taken.length, 3);
    },
  );
});

test("a server that is not there refuses us, not the recipient", async () => {
  const sink = await openSmtpSink({ taken: () => {} });
  await sink.close();
  const mailer = openMailer({ smtpUrl: sink.url, from });
  await assert.rejects(mailer.send({ ...hello, to: "ada@example.net" }), refused(null, "sender"));
  await mailer.close();
});

test("the DKIM signature holds, by a check of our own, and covers both unsubscribe headers", async () => {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const dkim = {
    domain: "example.org",
    selector: "k1",
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }),
  };
  await conversation(
    () => "take",
    async (mailer, taken) => {
      await mailer.send({
        ...hello,
        to: "ada@example.net",
        text: "a  line \n\n.dot\nλ\n\n\n",
        headers: {
          "List-Id": "Digest <digest.example.org>",
          "List-Unsubscribe": `<https://example.org/u/${"0".repeat(56)}>, <mailto:u-1@example.org>`,
          "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
      });
      const { raw } = taken[0]!;
      const { signed, valid } = verifyDkim(raw, publicKey);
      assert.equal(valid, true);
      for (const header of ["from", "to", "subject", "date", "message-id", "list-id"]) {
        assert.ok(signed.includes(header), header);
      }
      assert.ok(signed.includes("list-unsubscribe"));
      assert.ok(signed.includes("list-unsubscribe-post"));
      const tampered = Buffer.from(
        raw.toString("latin1").replace("=One-Click", "=One-Clack"),
        "latin1",
      );
      assert.equal(verifyDkim(tampered, publicKey).valid, false);
      const body = Buffer.concat([raw, Buffer.from("more\r\n")]);
      assert.equal(verifyDkim(body, publicKey).valid, false);
    },
    { dkim },
  );
});

/** RFC 6376 with relaxed/relaxed canonicalisation, from the text of the standard. */
function verifyDkim(
  raw: Buffer,
  publicKey: Parameters<ReturnType<typeof createVerify>["verify"]>[0],
) {
  const text = raw.toString("latin1");
  const split = text.indexOf("\r\n\r\n");
  const headers = text
    .slice(0, split)
    .replace(/\r\n(?=[ \t])/g, "")
    .split("\r\n");
  const relax = (line: string) => {
    const colon = line.indexOf(":");
    const value = line
      .slice(colon + 1)
      .replace(/[ \t]+/g, " ")
      .trim();
    return `${line.slice(0, colon).toLowerCase().trim()}:${value}`;
  };
  const body = `${text
    .slice(split + 4)
    .replace(/[ \t]+(?=\r\n)/g, "")
    .replace(/[ \t]+/g, " ")
    .replace(/(\r\n)+$/, "")}\r\n`;
  const signature = headers.find((line) => /^dkim-signature:/i.test(line))!;
  const tags = Object.fromEntries(
    signature
      .slice(signature.indexOf(":") + 1)
      .split(";")
      .map((tag) => [
        tag.split("=")[0]!.trim(),
        tag.slice(tag.indexOf("=") + 1).replace(/\s/g, ""),
      ]),
  );
  const bodyHash = createHash("sha256").update(body, "latin1").digest("base64");
  const signed = tags.h!.toLowerCase().split(":");
  const lines = signed.map((name) =>
    relax(headers.findLast((line) => relax(line).startsWith(`${name}:`))!),
  );
  const unsigned = relax(signature)
    .replace(/(;\s*b=)[^;]*$/, "$1")
    .replace(/\s+$/, "");
  const verify = createVerify("RSA-SHA256").update([...lines, unsigned].join("\r\n"), "latin1");
  return {
    signed,
    valid: bodyHash === tags.bh && verify.verify(publicKey, tags.b!, "base64"),
  };
}
