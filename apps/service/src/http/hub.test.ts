import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { vote } from "@daily-kernel/feed/node";
import { hubVenv } from "./testing/hub-venv.ts";
import { listen } from "./testing/listen.ts";
import { addPapers, addRoom } from "./testing/papers.ts";
import { friday, signUp, testApi } from "./testing/test-api.ts";

const venv = hubVenv();
const skip = "missing" in venv && venv.missing;
const bin = "bin" in venv ? venv.bin : "";
const script = fileURLToPath(new URL("testing/hub.py", import.meta.url));
const run = promisify(execFile);

test("huggingface_hub, as it comes from PyPI, lists, searches, shows and reads", {
  skip,
}, async () => {
  const hits = [{ id: "2409.00002" }];
  await using at = await testApi({
    search: { query: async () => ({ hits }), similar: async () => [] },
  });
  const { db } = at.database;
  const ids = await addPapers(db, ["2024-09-11", "2024-09-12"]);
  const [a = "", b = ""] = ids;
  await addRoom(db, b, "a-room");
  const { account } = await signUp(at, "ada");
  await vote(db, { paperId: b, accountId: account.id, now: friday });

  const server = await listen(async () => at.api);
  const endpoint = server.url;
  const env = {
    ...process.env,
    HF_ENDPOINT: endpoint,
    HF_HUB_DISABLE_TELEMETRY: "1",
    NO_COLOR: "1",
  };
  const hf = async (...args: string[]) => (await run(join(bin, "hf"), args, { env })).stdout;
  try {
    const { stdout } = await run(join(bin, "python"), [script, endpoint, b], { env });
    const got = JSON.parse(stdout);
    assert.deepEqual(
      got.daily.map(({ id }: { id: string }) => id),
      [b, a],
    );
    const [first, second] = got.daily;
    assert.deepEqual([first.upvotes, second.upvotes, first.comments], [1, 0, 0]);
    assert.equal(first.title, "Paper 2: kernels & <bounds> with $O(n^2)$");
    assert.deepEqual(first.authors, ["Ada Lovelace", "Kurt Gödel"]);
    assert.equal(first.published, "2024-09-09T08:00:00+00:00");
    assert.equal(first.submitted, "2024-09-12T09:00:00+00:00");
    assert.deepEqual([first.submitter, first.ai_summary], ["daily-kernel", "Ours."]);
    assert.deepEqual([got.day, got.week, got.month], [[b], [b, a], [a]]);
    assert.equal(got.trending[0], b);
    assert.deepEqual(got.found, [first]);
    assert.deepEqual(got.info, first);
    assert.deepEqual(got.linked, []);
    assert.match(got.text, /^# Paper 2: kernels/);
    assert.equal(got.unknown[0], 404);
    assert.match(got.unknown[1], /no paper 2409\.99999 is known here/);
    assert.equal(got.illegal[0], 400);
    assert.match(got.illegal[1], /date: must be a day/);

    const listed = JSON.parse(await hf("papers", "ls", "--format", "json", "--limit", "1"));
    assert.deepEqual(
      listed.map(({ id }: { id: string }) => id),
      [b],
    );
    const found = JSON.parse(await hf("papers", "search", "fox", "--format", "json"));
    assert.equal(found[0].id, b);
    assert.match(await hf("papers", "info", b), /Paper 2: kernels/);
    assert.match(await hf("papers", "read", b), /^# Paper 2: kernels/);
    await assert.rejects(hf("papers", "info", "2409.99999"), /not found/);
  } finally {
    server.close();
  }
});
