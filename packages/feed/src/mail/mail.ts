/** A mail to one reader, before it becomes MIME. */
export interface Mail {
  /** One address, nothing else. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  /** With its angle brackets; random when absent. */
  readonly messageId?: string;
  readonly date?: Date;
  /** Further headers, by their names. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The envelope's sender, where bounces go; the address of `from` when absent. */
  readonly returnPath?: string;
}

/** What hands mails on. */
export interface Mailer {
  /** The domain of Message-IDs, return paths and list names. */
  readonly domain: string;
  /** How many sends at once make sense. */
  readonly connections: number;
  /** @throws MailRefused unless the mail was accepted; then the server's words. */
  send(mail: Mail): Promise<{ response: string }>;
  close(): Promise<void>;
}

/**
 * What is known of a mail that was not accepted: `recipient` and `message`, the server refused the
 * address or the content; `sender`, it refused us or could not be reached, before any recipient
 * counted; `unknown`, the connection broke after the content was on its way.
 */
export type RefusedBy = "recipient" | "message" | "sender" | "unknown";

/** A mail was not accepted, or nobody knows whether it was. */
export class MailRefused extends Error {
  override readonly name = "MailRefused";
  readonly code = "ERR_MAIL_REFUSED";
  /** The server's reply code, 550 or 451, where it gave one. */
  readonly responseCode: number | null;
  readonly by: RefusedBy;

  constructor(
    message: string,
    details: { responseCode: number | null; by: RefusedBy },
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.responseCode = details.responseCode;
    this.by = details.by;
  }
}
