import { domainToASCII } from "node:url";
import { inputError } from "../feed-error.ts";

/**
 * A mail address in the one form that is kept and compared: trimmed, lower case, the domain in
 * ASCII (`xn--...`). The local part is ASCII without quotes, so that nothing in it means anything
 * to a mail header or an SMTP command.
 * @throws FeedError (ERR_INPUT), without the address in its message.
 */
export function normaliseEmail(text: string): string {
  const [local = "", domain = "", ...more] = text.trim().split("@", 3);
  const ascii = domainToASCII(domain).toLowerCase();
  const right =
    text.length <= 320 &&
    more.length === 0 &&
    local.length <= 64 &&
    localPart.test(local) &&
    // What a URL would take out of a domain, a mail address may not contain in the first place.
    !/[\s%/\\?#:[\]]/.test(domain) &&
    ascii.length <= 253 &&
    domainName.test(ascii) &&
    local.length + ascii.length < 254;
  if (!right) throw inputError("email must be one mail address, such as ada@example.org");
  return `${local.toLowerCase()}@${ascii}`;
}

const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
/** At least two labels, the last of them no number (which would be an IP address). */
const domainName =
  /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
