import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { mostReportBytes } from "./bounce-report.ts";

export interface BounceListenerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Mail for other domains is refused. */
  readonly domain: string;
  /** Takes a mail in; an error makes the sender try again later. */
  readonly receive: (mail: { recipient: string; raw: Uint8Array }) => Promise<unknown>;
}

/**
 * Listens for bounces and `mailto:` unsubscriptions where the domain's MX record points, or where a
 * mail server in front forwards them. Relays nothing: only return paths, unsubscribe addresses and
 * `feedback@` (for abuse reports) of the domain are accepted.
 */
export async function openBounceListener(
  options: BounceListenerOptions,
): Promise<{ port: number; close(): Promise<void> }> {
  const { host, port, domain, receive } = options;
  const ours = new RegExp(`^([bu]-[0-9a-f]{56}|feedback)@${RegExp.escape(domain)}$`, "i");
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    size: mostReportBytes,
    maxClients: 50,
    socketTimeout: 30_000,
    onRcptTo({ address }, _session, done) {
      if (ours.test(address)) done();
      else done(Object.assign(new Error("5.1.1 no such address"), { responseCode: 550 }));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => {
        if (!stream.sizeExceeded) chunks.push(chunk);
      });
      stream.on("end", async () => {
        if (stream.sizeExceeded) {
          return done(Object.assign(new Error("5.3.4 too large"), { responseCode: 552 }));
        }
        const raw = Buffer.concat(chunks);
        try {
          for (const { address } of session.envelope.rcptTo) {
            await receive({ recipient: address, raw });
          }
          done(null, "2.0.0 taken in");
        } catch {
          done(Object.assign(new Error("4.3.0 try again later"), { responseCode: 451 }));
        }
      });
    },
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.on("error", reject);
  server.listen(port, host, resolve);
  await promise;
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}
