import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { openDatabase } from "../database/open.ts";
import { missingPostgres, onEachDatabase, postgresUrl } from "../testing.ts";
import { secret } from "./secret.ts";

onEachDatabase("of many who ask at once all get the same key", async ({ db }) => {
  const keys = await Promise.all(Array.from({ length: 12 }, () => secret(db, "csrf")));
  assert.equal(keys[0]!.length, 32);
  assert.equal(new Set(keys.map((key) => Buffer.from(key).toString("hex"))).size, 1);
  assert.deepEqual(await secret(db, "csrf"), keys[0]);
  assert.notDeepEqual(await secret(db, "other"), keys[0]);
});

test("two services on one Postgres get the same key", {
  skip: missingPostgres() ?? false,
}, async () => {
  const url = await postgresUrl();
  const services = await Promise.all([openDatabase({ url }), openDatabase({ url })]);
  const keys = await Promise.all(
    [0, 1, 0, 1, 0, 1].map((i) => secret(services[i]!.db, "unsubscribe")),
  );
  for (const key of keys) assert.deepEqual(key, keys[0]);
  for (const service of services) await service.close();
});

test("a key outlives the process that made it", async () => {
  const directory = mkdtempSync(join(tmpdir(), "feed-secret-"));
  const first = await openDatabase({ directory });
  const key = await secret(first.db, "csrf");
  await first.close();
  const second = await openDatabase({ directory });
  assert.deepEqual(await secret(second.db, "csrf"), key);
  await second.close();
  rmSync(directory, { recursive: true });
});
