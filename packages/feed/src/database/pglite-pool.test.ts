import assert from "node:assert/strict";
import { test } from "node:test";
import { testDatabase } from "../testing.ts";

test("a script that fails inside its own transaction does not spoil the connection", async () => {
  const database = await testDatabase();
  await assert.rejects(database.run("begin; select 1 / 0; commit;"), /division by zero/);
  assert.deepEqual(await database.run("select 1 as one", []), { rows: [{ one: 1 }] });
  await database.close();
});
