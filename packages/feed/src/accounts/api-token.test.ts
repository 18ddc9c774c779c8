import assert from "node:assert/strict";
import { test } from "node:test";
import { onEachDatabase, testDatabase } from "../testing.ts";
import {
  accountOfApiToken,
  createApiToken,
  listApiTokens,
  maxApiTokens,
  revokeApiToken,
} from "./api-token.ts";
import { makeAccount } from "./make-account.ts";

const now = new Date("2026-03-02T10:00:00Z");

test("a token is shown once, kept as a hash, used, listed and revoked", async () => {
  const database = await testDatabase();
  const { db } = database;
  const ada = await makeAccount(db, { name: "ada", now });
  const made = await createApiToken(db, { accountId: ada.id, label: " my  script ", now });
  assert.match(made.token, /^dk_[\w-]{43}$/);
  assert.ok(
    !JSON.stringify(await db.selectFrom("api_tokens").selectAll().execute()).includes(made.token),
  );
  assert.deepEqual(await accountOfApiToken(db, { token: made.token, now }), ada);
  const [listed, ...others] = await listApiTokens(db, ada.id);
  assert.deepEqual(others, []);
  assert.deepEqual(listed, { id: made.id, label: "my script", createdAt: now, usedAt: now });
  assert.ok(!JSON.stringify(listed).includes(made.token));

  const eve = await makeAccount(db, { name: "eve", now });
  const notFound = { code: "ERR_NOT_FOUND" };
  await assert.rejects(revokeApiToken(db, { accountId: eve.id, id: made.id }), notFound);
  await assert.rejects(revokeApiToken(db, { accountId: ada.id, id: "%" }), notFound);
  await revokeApiToken(db, { accountId: ada.id, id: made.id });
  assert.equal(await accountOfApiToken(db, { token: made.token, now }), null);
  await database.close();
});

test("a token opens nothing once its account is suspended; other texts never do", async () => {
  const database = await testDatabase();
  const { db } = database;
  const ada = await makeAccount(db, { name: "ada", now });
  const { token, id } = await createApiToken(db, { accountId: ada.id, label: "x", now });
  for (const wrong of ["", "dk_", id, token.slice(3), token.toUpperCase(), `${token} `, "dk_\0"])
    assert.equal(await accountOfApiToken(db, { token: wrong, now }), null);
  await db.updateTable("accounts").set({ suspended_at: now }).execute();
  assert.equal(await accountOfApiToken(db, { token, now }), null);
  await database.close();
});

onEachDatabase(
  "an account has at most so many tokens, even when all come at once",
  async ({ db }) => {
    const ada = await makeAccount(db, { name: "ada", now });
    const made = await Promise.allSettled(
      Array.from({ length: maxApiTokens + 5 }, (_, i) =>
        createApiToken(db, { accountId: ada.id, label: `script ${i}`, now }),
      ),
    );
    assert.equal(made.filter(({ status }) => status === "fulfilled").length, maxApiTokens);
    assert.equal((await listApiTokens(db, ada.id)).length, maxApiTokens);
  },
);

test("a label is one visible line", async () => {
  const database = await testDatabase();
  const ada = await makeAccount(database.db, { name: "ada", now });
  for (const label of ["", "   ", "a\nb", "a\0", "\u202egnp", "x".repeat(81)])
    await assert.rejects(createApiToken(database.db, { accountId: ada.id, label, now }), {
      code: "ERR_INPUT",
      message: /label/,
    });
  await database.close();
});
