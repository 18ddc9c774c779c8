import PostalMime, { type Attachment } from "postal-mime";
import { enhancedStatus } from "./enhanced-status.ts";

/** What a mail server or a provider reports about a mail of ours. */
export interface BounceReport {
  /** `hard`, it will never arrive; `soft`, it did not yet; `complaint`, the reader called it spam. */
  readonly kind: "hard" | "soft" | "complaint";
  /** Enhanced status code, `5.1.1`, where one was given. */
  readonly status: string | null;
  readonly detail: string;
  /** The headers of the mail that came back, as far as they came with it. */
  readonly original: string;
}

/** A report is a few kilobytes, with the mail that it is about below 200. */
export const mostReportBytes = 1_000_000;

/**
 * Reads a delivery status notification (RFC 3464) or an abuse report (RFC 5965); null for any other
 * mail, such as an automatic reply, and for reports of success.
 */
export async function readBounce(raw: Uint8Array): Promise<BounceReport | null> {
  if (raw.length > mostReportBytes) return null;
  const mail = await PostalMime.parse(raw, { forceRfc822Attachments: true });
  const part = (type: RegExp) => mail.attachments.find(({ mimeType }) => type.test(mimeType));
  const original = textOf(part(/^(message\/rfc822|text\/rfc822-headers|message\/global)/i));
  const feedback = part(/^message\/feedback-report$/i);
  if (feedback) {
    const fields = fieldsOf(textOf(feedback))[0] ?? new Map();
    const kind = fields.get("feedback-type") ?? "abuse";
    // "not-spam" takes a complaint back.
    if (kind.toLowerCase() === "not-spam") return null;
    return { kind: "complaint", status: null, detail: cutTo(kind), original };
  }
  const status = part(/^message\/(global-)?delivery-status$/i);
  return status ? readStatus(textOf(status), original) : null;
}

function readStatus(text: string, original: string): BounceReport | null {
  for (const fields of fieldsOf(text)) {
    const action = fields.get("action")?.toLowerCase();
    if (action !== "failed" && action !== "delayed") continue;
    const status = enhancedStatus(fields.get("status") ?? "");
    const diagnostic = fields.get("diagnostic-code") ?? "";
    // Some servers say "failed" of what their status calls temporary: the status wins.
    const hard = action === "failed" && !status?.startsWith("4");
    const detail = cutTo(diagnostic || `${action} ${status ?? ""}`.trim());
    return { kind: hard ? "hard" : "soft", status: precise(status, diagnostic), detail, original };
  }
  return null;
}

/** A status of `5.0.0` says nothing: the server's own words may say more. */
function precise(status: string | null, diagnostic: string): string | null {
  if (status !== null && !/^\d\.0\.0$/.test(status)) return status;
  return enhancedStatus(diagnostic) ?? status;
}

/** The blocks of `Name: value` lines, names in lower case, folded lines joined. */
function fieldsOf(text: string): Map<string, string>[] {
  return text
    .replace(/\r\n?/g, "\n")
    .split(/\n{2,}/)
    .map((block) => {
      const fields = new Map<string, string>();
      for (const line of block.replace(/\n[ \t]+/g, " ").split("\n")) {
        const colon = line.indexOf(":");
        if (colon < 1) continue;
        const name = line.slice(0, colon).trim().toLowerCase();
        if (!fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
      }
      return fields;
    });
}

const cutTo = (text: string) => text.replace(/\s+/g, " ").slice(0, 500).toWellFormed();

function textOf(part: Attachment | undefined): string {
  if (!part) return "";
  const { content } = part;
  return typeof content === "string" ? content : new TextDecoder().decode(content);
}
