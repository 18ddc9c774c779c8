import { inputError } from "../feed-error.ts";

const local = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * A mail address in the one form that is stored: lower case, the domain in ASCII. Addresses that
 * only few servers take (quoted names, names outside ASCII, numbers as domains) are refused.
 * @param options `localhost` allows that domain: a service on a desk has no other.
 * @throws FeedError `ERR_INPUT`; the message does not repeat the address.
 */
export function emailAddress(text: string, { localhost = false } = {}): string {
  const refuse = (why: string): never => {
    throw inputError(`email must be a mail address such as ada@example.org: ${why}`);
  };
  if (typeof text !== "string") refuse(`got ${typeof text}`);
  const trimmed = text.trim().toLowerCase();
  if (trimmed.length > 254) refuse("it is longer than 254 characters");
  const at = trimmed.lastIndexOf("@");
  if (at < 1) refuse("it has no @");
  const name = trimmed.slice(0, at);
  if (name.length > 64 || !local.test(name)) refuse("the part before the @ is not one");
  const domain = asciiDomain(trimmed.slice(at + 1));
  const labels = domain?.split(".") ?? [];
  const top = labels.at(-1) ?? "";
  if (
    (labels.length < 2 && !(localhost && domain === "localhost")) ||
    !labels.every((part) => label.test(part)) ||
    /^\d+$/.test(top)
  ) {
    refuse("the part after the @ is not a domain");
  }
  const address = `${name}@${domain}`;
  if (address.length > 254) refuse("it is longer than 254 characters");
  return address;
}

/** A domain with its international labels in ASCII; null if a URL would read it as something else. */
function asciiDomain(domain: string): string | null {
  if (/[\s/?#@:\\[\]%]/.test(domain) || domain.endsWith(".")) return null;
  try {
    return new URL(`http://${domain}`).hostname;
  } catch {
    return null;
  }
}
