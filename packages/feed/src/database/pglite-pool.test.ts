import assert from "node:assert/strict";
import { test } from "node:test";
import { testDatabase } from "../testing.ts";
import { PglitePool } from "./pglite-pool.ts";

test("a script that fails inside its own transaction does not spoil the connection", async () => {
  const database = await testDatabase();
  await assert.rejects(database.run("begin; select 1 / 0; commit;"), /division by zero/);
  assert.deepEqual(await database.run("select 1 as one", []), { rows: [{ one: 1 }] });
  await database.close();
});

test("a call after the thread has ended is an error, not a wait", async () => {
  const pool = new PglitePool({ dataDir: null });
  await pool.run("select 1");
  await pool.end();
  await pool.end();
  await assert.rejects(pool.run("select 1"), /the database's thread has ended/);
  const client = await pool.connect();
  await assert.rejects(client.query("select 1", []), /the database's thread has ended/);
});
