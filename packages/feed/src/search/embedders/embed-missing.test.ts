import assert from "node:assert/strict";
import { test } from "node:test";
import { upsertPapers } from "../../papers/upsert-papers.ts";
import { onEachDatabase, samplePaper, testDatabase } from "../../testing.ts";
import { embedMissing } from "./embed-missing.ts";
import type { Embedder } from "./embedder.ts";

const papers = ["2409.00001", "2409.00002", "2409.00003"].map((id) => samplePaper(id));

/** Remembers what it was asked to embed. */
function recorder(name = "recorder", fail = false): Embedder & { texts: string[] } {
  const texts: string[] = [];
  return {
    name,
    dimension: 3,
    texts,
    async embed(asked) {
      if (fail && texts.length > 0) throw new Error("the model stumbled");
      texts.push(...asked);
      return asked.map((text) => Float32Array.of(text.length, 0, 1));
    },
  };
}

onEachDatabase("only what is missing or has changed is embedded", async ({ db }) => {
  await upsertPapers(db, papers);
  const model = recorder();
  const progress: number[][] = [];
  assert.equal(
    await embedMissing(db, model, { batch: 2, onProgress: (...p) => progress.push(p) }),
    3,
  );
  assert.deepEqual(progress, [
    [2, 3],
    [3, 3],
  ]);
  assert.equal(await embedMissing(db, model), 0);
  const changed = { ...papers[1]!, abstract: "Another abstract." };
  await upsertPapers(db, [changed, { ...papers[0]!, comment: "same text" }]);
  model.texts.length = 0;
  assert.equal(await embedMissing(db, model), 1);
  assert.deepEqual(model.texts, [`${changed.title}\n${changed.abstract}`]);
  assert.equal(await embedMissing(db, recorder("another model")), 3);
  const rows = await db.selectFrom("vectors").selectAll().orderBy("model").execute();
  assert.equal(rows.length, 6);
  for (const { vector, dimension } of rows) {
    const floats = new Float32Array(Uint8Array.from(vector).buffer);
    assert.equal(floats.length, dimension);
    assert.ok(Math.abs(Math.hypot(...floats) - 1) < 1e-6);
  }
});

onEachDatabase("a run that was cut off is gone on with", async ({ db }) => {
  await upsertPapers(db, papers);
  await assert.rejects(embedMissing(db, recorder("m", true), { batch: 1 }), /stumbled/);
  const next = recorder("m");
  assert.equal(await embedMissing(db, next, { batch: 1 }), 2);
  assert.equal(next.texts.length, 2);
});

test("wrong vectors are refused and nothing of them is written", async () => {
  const database = await testDatabase();
  const { db } = database;
  await upsertPapers(db, papers);
  const short: Embedder = { ...recorder(), embed: async () => [Float32Array.of(1, 2)] };
  await assert.rejects(embedMissing(db, short), {
    name: "EmbeddingDimensionMismatch",
    expected: 3,
    got: 2,
  });
  const broken: Embedder = {
    ...recorder(),
    embed: async (texts) => texts.map(() => Float32Array.of(1, Number.NaN, 0)),
  };
  await assert.rejects(embedMissing(db, broken), { code: "ERR_INPUT" });
  await assert.rejects(embedMissing(db, recorder(), { batch: 0 }), { code: "ERR_INPUT" });
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(embedMissing(db, recorder(), { signal }), /enough/);
  assert.deepEqual(await db.selectFrom("vectors").select("model").execute(), []);
  await database.close();
});
