import { createTransport } from "nodemailer";
import type { Mail, Mailer, RefusedBy } from "./mail.ts";
import { MailRefused } from "./mail.ts";
import { type Message, messageOf, type Sender } from "./message.ts";

/** A mail that takes longer than this on its way is given up, however lively the server. */
const deadline = 120_000;

/**
 * Mails over SMTP, on a few connections that stay open.
 * @param url `smtp://user:password@host:port` or `smtps://...`
 */
export function openSmtpMailer(url: string, sender: Sender, connections = 5): Mailer {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: connections,
    maxMessages: Number.POSITIVE_INFINITY,
    // The pool would send a mail again by itself when a connection breaks: who sends again, and
    // counts it, is the caller.
    maxRequeues: 0,
    connectionTimeout: 30_000,
    greetingTimeout: 30_000,
    socketTimeout: 60_000,
    ...(sender.dkim && { dkim: dkimOptions(sender.dkim) }),
  });
  transport.use("stream", (mail, done) => {
    const { begun } = mail.data as { begun?: () => void };
    const { message } = mail;
    const create = message.createReadStream.bind(message);
    message.createReadStream = (options) => {
      const stream = create(options);
      // The connection reads the content once the server has said "354 go on".
      if (begun) stream.once("resume", begun);
      return stream;
    };
    done();
  });
  const attempt = async (content: Message) => {
    let begun = false;
    const message = {
      raw: content.raw,
      envelope: content.envelope,
      signal: AbortSignal.timeout(deadline),
      begun: () => {
        begun = true;
      },
    };
    try {
      const { response } = await transport.sendMail(message);
      return { response };
    } catch (error) {
      throw refusal(error as SmtpError, begun);
    }
  };
  return {
    domain: sender.domain,
    connections,
    async send(mail: Mail) {
      const message = messageOf(mail, sender);
      try {
        return await attempt(message);
      } catch (error) {
        // The server had closed an idle connection: nothing was handed over, and the next is new.
        const { by, cause } = error as MailRefused;
        if (by !== "sender" || (cause as SmtpError).code !== "ECONNECTION") throw error;
        return attempt(message);
      }
    },
    async close() {
      transport.close();
    },
  };
}

const dkimOptions = ({ domain, selector, privateKey }: NonNullable<Sender["dkim"]>) => ({
  domainName: domain,
  keySelector: selector,
  privateKey,
  headerFieldNames: signedHeaders.join(":"),
});

/** RFC 8058 wants both unsubscribe headers under the signature. */
const signedHeaders = [
  "From",
  "Reply-To",
  "To",
  "Subject",
  "Date",
  "Message-ID",
  "MIME-Version",
  "Content-Type",
  "List-Id",
  "List-Unsubscribe",
  "List-Unsubscribe-Post",
  "Feedback-ID",
  "Auto-Submitted",
];

type SmtpError = Error & { responseCode?: number; command?: string; code?: string };

function refusal(error: SmtpError, begun: boolean): MailRefused {
  const { responseCode = null, command } = error;
  let by: RefusedBy = begun ? "unknown" : "sender";
  if (responseCode !== null) {
    if (command === "RCPT TO") by = "recipient";
    else if (command === "DATA") by = "message";
    else if (!begun) by = "sender";
  }
  return new MailRefused(error.message, { responseCode, by }, { cause: error });
}
