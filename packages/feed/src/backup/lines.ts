/** The lines of a text that comes in pieces, without their ends; the last may lack its own. */
export async function* lines(chunks: AsyncIterable<string | Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of chunks) {
    const text = typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
    const parts = text.split("\n");
    parts[0] = rest + parts[0];
    rest = parts.pop()!;
    yield* parts;
  }
  if (rest !== "") yield rest;
}
