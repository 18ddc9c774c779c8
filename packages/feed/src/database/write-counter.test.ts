import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { testDatabase } from "../testing.ts";

test("changes and their commits count, readings do not", async () => {
  const { db, writes, close } = await testDatabase();
  const before = writes();
  await db.selectFrom("papers").select("id").execute();
  assert.equal(writes(), before);
  let inside = 0;
  await db.transaction().execute(async (trx) => {
    await sql`delete from votes`.execute(trx);
    inside = writes();
  });
  assert.ok(inside > before);
  assert.ok(writes() > inside, "the commit counts when it has happened");
  await close();
});
