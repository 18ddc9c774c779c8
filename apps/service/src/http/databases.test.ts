import assert from "node:assert/strict";
import { onEachDatabase } from "@daily-kernel/feed/testing";
import { addPapers, addRoom } from "./testing/papers.ts";
import { idsAt, signUp, testApi } from "./testing/test-api.ts";

onEachDatabase("reading, writing and what is kept are the same", async (database) => {
  await using at = await testApi({ database });
  const [a = "", b = "", c = ""] = await addPapers(database.db, Array(3).fill("2024-09-12"));
  await addRoom(database.db, a, "a-room");
  const { token } = await signUp(at, "ada");
  const ids = (path: string) => idsAt(at, path);
  assert.deepEqual(await ids("/api/daily_papers?week=2024-W37"), [c, b, a]);
  const first = await at.ask("/api/papers?limit=2");
  const next = /<([^>]+)>/.exec(first.headers.get("link")!)![1]!;
  assert.deepEqual(await ids(next), [a]);
  await at.ask(`/api/papers/${a}/upvote`, { method: "POST", token });
  assert.equal((await ids("/api/daily_papers?sort=trending"))[0], a);
  const comment = await at.ask(`/api/papers/${b}/comments`, { token, json: { body: "Yes." } });
  assert.equal(comment.status, 201);
  assert.deepEqual(
    (await at.ask("/api/daily_papers")).json.map(
      (item: { upvotes: number; numComments: number }) => [item.upvotes, item.numComments],
    ),
    [
      [0, 0],
      [0, 1],
      [1, 0],
    ],
  );
  assert.equal((await at.ask("/api/papers/a-room/reproduction")).json.claims.length, 4);
  assert.equal((await at.ask("/healthz")).json.database, database.kind);
});
