import assert from "node:assert/strict";
import { test } from "node:test";
import { bodyLimit, readBody } from "./read-body.ts";

const posted = (...chunks: (Uint8Array | Error)[]) =>
  new Request("http://localhost/", {
    method: "POST",
    duplex: "half",
    body: new ReadableStream({
      pull(controller) {
        const next = chunks.shift();
        if (next === undefined) controller.close();
        else if (next instanceof Error) controller.error(next);
        else controller.enqueue(next);
      },
    }),
  } as RequestInit);

test("a body is read whole, and no further than the limit", async () => {
  assert.deepEqual([...(await readBody(posted(Uint8Array.of(1, 2), Uint8Array.of(3))))], [1, 2, 3]);
  const large = new Uint8Array(bodyLimit);
  await assert.rejects(readBody(posted(large, large)), { code: "ERR_BODY_TOO_LARGE", status: 413 });
});

test("a reader who goes away in the middle is nothing that went wrong here", async () => {
  const gone = Object.assign(new Error("aborted"), { code: "ECONNRESET" });
  await assert.rejects(readBody(posted(Uint8Array.of(1), gone)), {
    code: "ERR_INPUT",
    status: 400,
  });
});
