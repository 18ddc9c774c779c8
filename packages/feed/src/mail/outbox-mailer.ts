import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { notFoundError } from "../feed-error.ts";
import type { Mail, Mailer } from "./mail.ts";
import { messageOf, type Sender } from "./message.ts";

/** Puts mails into a folder, one `.eml` file a Message-ID, each whole or not at all. */
export function openOutboxMailer(folder: string, sender: Sender): Mailer {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    domain: sender.domain,
    connections: 1,
    async send(mail: Mail) {
      const { raw, messageId } = messageOf(mail, sender);
      const name = fileName(messageId);
      const draft = join(folder, `.${randomUUID()}`);
      await writeFile(draft, raw, { mode: 0o600 });
      await rename(draft, join(folder, name));
      return { response: `250 written to ${name}` };
    },
    close: async () => {},
  };
}

const fileName = (messageId: string) => `${messageId.replace(/[^A-Za-z0-9@.-]/g, "")}.eml`;

/** A mail of the outbox, as a page shows it. */
export interface OutboxMail {
  /** The file's name, for `readOutbox`. */
  readonly name: string;
  readonly at: Date;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

/** The latest mails of an outbox folder, latest first; none if there is no folder. */
export async function listOutbox(folder: string, limit = 50): Promise<OutboxMail[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".eml"));
  const dated = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
  );
  dated.sort((a, b) => b.at - a.at || (a.name < b.name ? 1 : -1));
  return Promise.all(dated.slice(0, limit).map(({ name }) => readOutbox(folder, name)));
}

/** One mail of an outbox folder. @throws FeedError `ERR_NOT_FOUND`. */
export async function readOutbox(folder: string, name: string): Promise<OutboxMail> {
  const path = join(folder, name);
  if (!/^[A-Za-z0-9@-][A-Za-z0-9@.-]*\.eml$/.test(name)) throw notFoundError("no such mail");
  const raw = await readFile(path).catch(() => {
    throw notFoundError("no such mail");
  });
  const mail = await PostalMime.parse(raw);
  return {
    name,
    at: (await stat(path)).mtime,
    to: mail.to?.map((to) => to.address ?? "").join(", ") ?? "",
    subject: mail.subject ?? "",
    text: mail.text ?? "",
    html: mail.html ?? null,
    headers: mail.headers.map(({ key, value }) => ({ name: key, value })),
  };
}
