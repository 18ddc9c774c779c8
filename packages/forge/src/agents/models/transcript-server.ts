import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** The name of a conversation: a hash over its messages. */
export const transcriptKey = (messages: readonly { role: string; content: unknown }[]): string =>
  createHash("sha256")
    .update(JSON.stringify(messages.map(({ role, content }) => [role, content])))
    .digest("hex")
    .slice(0, 16);

interface Served {
  readonly baseUrl: string;
  /** Keys that nobody had an answer for. */
  readonly missed: readonly string[];
  /** What was sent, with the headers. */
  readonly requests: readonly {
    authorization: string | undefined;
    body: Record<string, unknown>;
  }[];
  close(): Promise<void>;
}

/**
 * An OpenAI-compatible server on the loopback address that answers from transcripts by key, and
 * says 404 with the key to what it has no answer for. `status` makes it refuse everything.
 */
export async function transcriptServer(
  answers: Readonly<Record<string, string>>,
  status = 200,
): Promise<Served> {
  const missed: string[] = [];
  const requests: { authorization: string | undefined; body: Record<string, unknown> }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    const { authorization } = request.headers;
    requests.push({ authorization, body });
    const say = (code: number, json: object) => {
      response.writeHead(code, { "content-type": "application/json" }).end(JSON.stringify(json));
    };
    if (status !== 200) return say(status, { error: { message: `refused ${authorization}` } });
    const key = transcriptKey(body.messages);
    const content = answers[key];
    if (content === undefined) {
      missed.push(key);
      return say(404, { error: { message: `no transcript for ${key}` } });
    }
    say(200, {
      id: key,
      object: "chat.completion",
      created: 0,
      model: body.model,
      choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
      usage: { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 },
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    missed,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
