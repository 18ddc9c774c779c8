/** `{error, code}` with the message in `X-Error-Message` too, where Hugging Face's client reads it. */
export function errorReply(
  status: number,
  message: string,
  { code, headers }: { code?: string | undefined; headers?: Record<string, string> } = {},
): Response {
  return new Response(JSON.stringify({ error: message, ...(code !== undefined && { code }) }), {
    status,
    headers: {
      "content-type": "application/json",
      "cache-control": "no-store",
      "x-error-message": headerText(message),
      ...(code !== undefined && { "x-error-code": code }),
      ...headers,
    },
  });
}

/** What a header may hold: printable ASCII, everything else as `?`. */
const headerText = (message: string) => message.replace(/[^\x20-\x7e]/g, "?").slice(0, 500);

/** An error that may be told: it has a status below 500 or is one of ours from upstream. */
export function toldError(error: unknown): Response | null {
  const { status, code, message, retryAfter } = error as {
    status?: unknown;
    code?: unknown;
    message: string;
    retryAfter?: unknown;
  };
  if (!(error instanceof Error) || typeof status !== "number") return null;
  const known = (status >= 400 && status < 500) || status === 502 || status === 503;
  if (!known) return null;
  return errorReply(status, message, {
    code: typeof code === "string" ? code : undefined,
    headers: {
      ...(typeof retryAfter === "number" && { "retry-after": String(Math.ceil(retryAfter)) }),
      ...(status === 401 && { "www-authenticate": 'Bearer realm="daily-kernel"' }),
    },
  });
}
