import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerSession } from "smtp-server";

/** A mail that the sink took. */
export interface Taken {
  /** The name that the client gave itself. */
  readonly client: string;
  readonly from: string;
  readonly to: string;
  readonly messageId: string;
  readonly raw: Buffer;
}

/**
 * What the sink does with a recipient: takes the mail, refuses it after RCPT TO or after the
 * content, or cuts the connection: at RCPT TO, after the content without an answer, or right after
 * its 250.
 */
export type Manner =
  | "take"
  | "cut-at-recipient"
  | "cut-before-250"
  | "cut-after-250"
  | { readonly at: "recipient" | "content"; readonly code: number; readonly text: string };

/** An SMTP server on the loopback address that tells what it took; for tests and measurements. */
export async function openSmtpSink({
  manner = () => "take",
  taken,
  port = 0,
}: {
  manner?: (recipient: string) => Manner;
  taken: (mail: Taken) => void;
  port?: number;
}): Promise<{ url: string; close(): Promise<void> }> {
  const manners = new Map<string, Manner>();
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onRcptTo({ address }, session, done) {
      const chosen = manner(address);
      manners.set(session.id, chosen);
      if (chosen === "cut-at-recipient") cut(server, session);
      else if (typeof chosen === "object" && chosen.at === "recipient") done(reply(chosen));
      else done();
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const chosen = manners.get(session.id);
        if (typeof chosen === "object") return done(reply(chosen));
        const raw = Buffer.concat(chunks);
        const { mailFrom, rcptTo } = session.envelope;
        taken({
          client: String(session.hostNameAppearsAs),
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo[0]!.address,
          messageId: /^message-id:\s*(<[^>]*>)/im.exec(raw.toString("latin1"))?.[1] ?? "",
          raw,
        });
        if (chosen === "cut-before-250") return cut(server, session);
        done(null, "2.0.0 taken");
        if (chosen === "cut-after-250") cut(server, session);
      });
    },
  });
  // A client that is killed resets its connections.
  server.on("error", () => {});
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(port, "127.0.0.1", resolve);
  await promise;
  const address = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}

const reply = ({ code, text }: { code: number; text: string }) =>
  Object.assign(new Error(text), { responseCode: code });

/** Ends a session's connection once what was written has left. */
function cut(server: SMTPServer, { id }: SMTPServerSession): void {
  for (const connection of server.connections) {
    if (connection.id === id) connection._socket.end();
  }
}
