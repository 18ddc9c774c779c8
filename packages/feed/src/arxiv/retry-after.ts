/**
 * The pause, in whole seconds, that an answer's `Retry-After` asks for, as a number or as a date
 * (RFC 9110, 10.2.3); `null` without a header that can be read. A date is counted from the answer's
 * own `Date`, so the clock of this machine does not matter.
 */
export function pauseAsked(headers: Headers): number | null {
  const value = headers.get("retry-after")?.trim() ?? "";
  if (/^\d{1,9}$/.test(value)) return Number(value);
  const until = httpDate(value);
  const from = httpDate(headers.get("date")?.trim() ?? "");
  return until === null || from === null ? null : Math.max(0, Math.ceil((until - from) / 1000));
}

function httpDate(text: string): number | null {
  const at = /^[a-z]{3,9}, /i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}
