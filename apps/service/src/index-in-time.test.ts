import assert from "node:assert/strict";
import { test } from "node:test";
import { ArxivClient } from "@daily-kernel/feed/node";
import { testDatabase } from "@daily-kernel/feed/testing";
import { indexInTime } from "./index-in-time.ts";

test("a reader does not wait for ever, neither for arXiv nor for those before in its line", async () => {
  const database = await testDatabase();
  let asked = 0;
  const arxiv = new ArxivClient({
    userAgent: "test",
    fetch: (_, options) => {
      asked++;
      return new Promise((_, reject) =>
        options!.signal!.addEventListener("abort", () => reject(options!.signal!.reason)),
      );
    },
  });
  const ending = new AbortController();
  const harvest = arxiv.get(arxiv.urls.oai, { signal: ending.signal });
  const late = indexInTime(database.db, arxiv, "2409.08729", {
    ending: ending.signal,
    seconds: 0.02,
  });
  await assert.rejects(late, { code: "ERR_UPSTREAM", message: /in 0\.02 s/ });
  const ended = indexInTime(database.db, arxiv, "2409.08729", { ending: ending.signal });
  ending.abort(new DOMException("the service is ending", "AbortError"));
  await assert.rejects(ended, { name: "AbortError" });
  await assert.rejects(harvest, { name: "AbortError" });
  assert.equal(asked, 1, "who had left the line asked nothing");
  await database.close();
});
