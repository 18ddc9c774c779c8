/**
 * A text as it may stand in a log: mail addresses, bearer tokens, cookies, one-time links and
 * anything that looks like a token of ours are replaced. Linear in the text's length.
 */
export function redactText(text: string): string {
  let clean = text;
  for (const [pattern, put] of patterns) clean = clean.replace(pattern, put);
  return clean;
}

/**
 * The same for a value that a logger is about to write: texts inside are cleaned, and fields whose
 * name says that they are secret or an address are replaced whole. Errors become their name, code,
 * message and stack. Deeper than eight levels nothing is written.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return redactText(value);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  if (depth > 8) return "[deep]";
  if (value instanceof Uint8Array) return `[${value.length} bytes]`;
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  if (value instanceof Headers || value instanceof Map)
    return redact(Object.fromEntries(value), depth + 1);
  const fields =
    value instanceof Error
      ? { ...value, name: value.name, message: value.message, stack: value.stack }
      : value;
  return Object.fromEntries(
    Object.entries(fields).map(([key, item]) => [
      key,
      secretName.test(key) && item !== null && item !== undefined
        ? "[redacted]"
        : redact(item, depth + 1),
    ]),
  );
}

/** Field names, in any case and with any word around them, whose value is never written. */
const secretName =
  /authorization|cookie|token|secret|password|passwd|api[-_]?key|credential|e-?mail|recipient|csrf|^smtp_?url$|^database_?url$/i;

const patterns: readonly (readonly [RegExp, string])[] = [
  // user:password@ in a URL, before addresses are looked for
  [/\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@]{1,256}@/gi, "$1[redacted]@"],
  [/\b(bearer|basic)\s+[\w.~+/=-]+/gi, "$1 [redacted]"],
  [/\b((?:set-)?cookie:)[^\r\n]*/gi, "$1 [redacted]"],
  [/([?&;](?:token|t|code|key|secret|signature|email)=)[^\s&#"']+/gi, "$1[redacted]"],
  [/[^\s@<>"(),:;[\]]{1,256}@[^\s@<>"'(),:;/]{1,255}/g, "[address]"],
  // Tokens of ours, and whatever is as long and as random.
  [/(?<!\w)[0-9a-f]{56}(?!\w)/gi, "[token]"],
  [/\bdk_[\w-]{20,}/g, "[token]"],
  [/(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{43}(?![\w-])/g, "[token]"],
  [/(?<![\w-])eyJ[\w-]+\.[\w-]+\.[\w-]*/g, "[token]"],
];
