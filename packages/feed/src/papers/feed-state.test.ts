import assert from "node:assert/strict";
import { sql } from "kysely";
import { morning as now, onEachDatabase, samplePaper } from "../testing.ts";
import { feedState } from "./feed-state.ts";
import { listPaper } from "./list-paper.ts";
import { upsertPapers } from "./upsert-papers.ts";

onEachDatabase("the state moves with every change, a late one too, and not without", async (at) => {
  const { db } = at;
  const states = [await feedState(db)];
  await upsertPapers(db, [samplePaper("2409.00001"), samplePaper("2409.00002")]);
  states.push(await feedState(db));
  assert.equal(await feedState(db), states.at(-1));
  await listPaper(db, { paperId: "2409.00001", now });
  states.push(await feedState(db));
  // A transaction that took its revision before another one and ends after it: the largest stays.
  await sql`update papers set revision = revision + 100 where id = '2409.00001'`.execute(db);
  states.push(await feedState(db));
  await sql`update papers set revision = revision + 10 where id = '2409.00002'`.execute(db);
  states.push(await feedState(db));
  assert.equal(new Set(states).size, states.length, states.join(" "));
});
