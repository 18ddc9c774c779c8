import { receiveMail } from "@daily-kernel/feed/node";
import { testDatabase } from "@daily-kernel/feed/testing";
import fc from "fast-check";
import { must } from "../must.ts";
import { type Target, target } from "./target.ts";
import { anyText, mutated } from "./texts.ts";

const bounce = [
  "From: MAILER-DAEMON@mx.example.net",
  "To: b-0123@example.org",
  "Subject: Undelivered",
  "MIME-Version: 1.0",
  'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
  "",
  "--b1",
  "Content-Type: text/plain",
  "",
  "It did not arrive.",
  "--b1",
  "Content-Type: message/delivery-status",
  "",
  "Reporting-MTA: dns; mx.example.net",
  "",
  "Final-Recipient: rfc822; reader@example.net",
  "Action: failed",
  "Status: 5.1.1",
  "Diagnostic-Code: smtp; 550 5.1.1 no such user",
  "--b1",
  "Content-Type: message/rfc822",
  "",
  "List-Unsubscribe: <https://daily.example.org/u/00112233445566778899aabbccddeeff00112233445566778899aabb>",
  "Subject: x",
  "",
  "x",
  "--b1--",
  "",
].join("\r\n");
const complaint = bounce
  .replace("report-type=delivery-status", "report-type=feedback-report")
  .replace("message/delivery-status", "message/feedback-report")
  .replace("Action: failed", "Feedback-Type: abuse");

const piece = fc.oneof(
  anyText,
  fc.constantFrom(
    ...[
      "--b1",
      "--b1--",
      "\r\n\r\n",
      "Content-Type: multipart/mixed; boundary=b1",
      "boundary=",
      '"',
    ],
    ...[
      "Content-Transfer-Encoding: base64\r\n",
      "charset=utf-16",
      "=?x?y?z?=",
      "Status: 9.9.9",
      "\0",
    ],
    "Content-Type: message/rfc822\r\n\r\n".repeat(40),
  ),
);
const recipient = fc.oneof(
  fc.constantFrom("b-0123@example.org", "u-x@example.org", "unsubscribe@example.org", ""),
  anyText,
);

/** Bounces, abuse reports and unsubscriptions that nobody signed: none changes anything. */
export const incomingMail: Target = {
  name: "received mail",
  share: 3,
  async run(plan) {
    const database = await testDatabase();
    const now = new Date("2026-11-24T07:00:00Z");
    const one = target({
      name: "received mail",
      share: 3,
      values: fc.record({
        recipient,
        raw: mutated(fc.constantFrom(bounce, complaint), piece).map((text) => Buffer.from(text)),
      }),
      async attempt({ recipient, raw }) {
        const { did } = await receiveMail(database.db, { recipient, raw, now });
        must(did === "nothing", `it did something: ${did}`);
        return did;
      },
    });
    try {
      return await one.run(plan);
    } finally {
      await database.close();
    }
  },
};
