import { TraceError } from "./trace-error.ts";

/** Bytes or text in pieces of any size: a file stream, a response body, a string in an array. */
export type Pieces = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

/**
 * Calls `take` with every line that is not blank and its number from 1. Between pieces it looks at
 * `signal` and tells `onProgress` how many bytes (characters, of text) it has read.
 */
export async function eachLine(
  pieces: Pieces,
  take: (line: string, number: number) => void,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (read: number) => void } = {},
): Promise<void> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest: string[] = []; // a line may be longer than many pieces
  let number = 0;
  let read = 0;
  const hand = (line: string) => {
    number += 1;
    if (line.charCodeAt(0) > 0x20 || line.trim() !== "") take(line, number);
  };
  const decode = (bytes?: Uint8Array) => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch {
      throw new TraceError("InvalidTrace", number + 1, "this line or one soon after is not UTF-8");
    }
  };
  for await (const piece of pieces) {
    signal?.throwIfAborted();
    const text = typeof piece === "string" ? piece : decode(piece);
    let from = 0;
    for (let to = text.indexOf("\n"); to >= 0; to = text.indexOf("\n", from)) {
      const line = text.slice(from, to);
      if (rest.length > 0) {
        rest.push(line);
        hand(rest.join(""));
        rest = [];
      } else hand(line);
      from = to + 1;
    }
    if (from < text.length) rest.push(from === 0 ? text : text.slice(from));
    read += piece.length;
    onProgress?.(read);
  }
  rest.push(decode());
  const last = rest.join("");
  if (last !== "") hand(last);
}
