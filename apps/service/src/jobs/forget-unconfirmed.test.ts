import assert from "node:assert/strict";
import { confirmSubscription, requestSubscription } from "@daily-kernel/feed/node";
import { hoursAfter, morning, onEachDatabase } from "@daily-kernel/feed/testing";
import { forgetUnconfirmed } from "./forget-unconfirmed.ts";

onEachDatabase("who never confirmed is forgotten, and nobody else", async ({ db }) => {
  const ask = (email: string) =>
    requestSubscription(db, {
      email,
      frequency: "daily",
      topics: [],
      hour: 8,
      zone: "UTC",
      ipPrefix: "192.0.2.0/24",
      consentText: "yes",
      now: morning,
    });
  const asked = (await ask("confirmed@example.org"))!;
  await confirmSubscription(db, { token: asked.token, now: hoursAfter(morning, 1) });
  await ask("silent@example.org");
  const left = async () =>
    (await db.selectFrom("subscribers").select("email").orderBy("email").execute()).map(
      ({ email }) => email,
    );
  await forgetUnconfirmed(db, hoursAfter(morning, 60));
  assert.deepEqual(await left(), ["confirmed@example.org", "silent@example.org"]);
  await forgetUnconfirmed(db, hoursAfter(morning, 100));
  assert.deepEqual(await left(), ["confirmed@example.org"]);
});
