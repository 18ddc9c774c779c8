import { inputError } from "@daily-kernel/feed";

/** Larger bodies are refused; the longest comment is far below. */
export const bodyLimit = 64 * 1024;

/** The body is larger than `bodyLimit`. */
class BodyTooLarge extends Error {
  readonly code = "ERR_BODY_TOO_LARGE";
  readonly status = 413;
  constructor() {
    super(`the body is larger than ${bodyLimit} bytes`);
  }
}

/** The body's content type is not one that the operation takes. */
class UnknownContentType extends Error {
  readonly code = "ERR_CONTENT_TYPE";
  readonly status = 415;
}

/**
 * Reads a request's body, no further than the limit.
 * @throws BodyTooLarge, FeedError (ERR_INPUT) where the connection ended before it.
 */
export async function readBody(request: Request): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length")) > bodyLimit) throw new BodyTooLarge();
  if (request.body === null) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of request.body) {
      length += part.length;
      if (length > bodyLimit) throw new BodyTooLarge();
      parts.push(part);
    }
  } catch (error) {
    // The connection, not we, failed: nothing here has to be looked into.
    throw error instanceof BodyTooLarge ? error : inputError("the body was cut off");
  }
  return Buffer.concat(parts, length);
}

/**
 * The JSON text in a body, checked so far that reading it again cannot fail.
 * @throws UnknownContentType, FeedError (ERR_INPUT) that says where the text stops being JSON.
 */
export function jsonText(body: Uint8Array, contentType: string | null): string {
  const [type = "", ...parameters] = (contentType ?? "").toLowerCase().split(";");
  const charset = parameters.map((one) => one.trim()).find((one) => one.startsWith("charset="));
  const utf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
  if (type.trim() !== "application/json" || !utf8) {
    const got = contentType === null ? "none" : contentType.slice(0, 100);
    throw new UnknownContentType(`the body must be application/json in UTF-8, its type is ${got}`);
  }
  if (body.length === 0) throw inputError("the body is empty, expected a JSON object");
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(body);
    JSON.parse(text);
    return text;
  } catch (error) {
    throw inputError(`the body is not JSON: ${(error as Error).message.slice(0, 200)}`);
  }
}
