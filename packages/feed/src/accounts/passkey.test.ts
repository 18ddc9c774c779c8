import assert from "node:assert/strict";
import { test } from "node:test";
import type { Db } from "../database/open.ts";
import { newToken } from "../safety/token.ts";
import { onEachDatabase, testDatabase } from "../testing.ts";
import type { Account } from "./account.ts";
import { makeAccount } from "./make-account.ts";
import { listPasskeys, removePasskey } from "./passkey.ts";
import { loginOptions, verifyLogin } from "./passkey-login.ts";
import { maxPasskeys, registrationOptions, verifyRegistration } from "./passkey-registration.ts";
import { sessionOf } from "./session.ts";
import { SoftwareAuthenticator } from "./software-authenticator.ts";

const now = new Date("2026-03-02T10:00:00Z");
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const baseUrl = "https://papers.example.org";
const origin = baseUrl;
const rpId = "papers.example.org";
const browser = newToken();
const asking = { baseUrl, browser, now };
const device = { userAgent: "Firefox", ipPrefix: "192.0.2.0/24" };

const input = { code: "ERR_INPUT" };
const unauthenticated = { code: "ERR_UNAUTHENTICATED", status: 401 };
const expired = { name: "TokenExpired" };

type Forgery = Partial<Parameters<SoftwareAuthenticator["create"]>[0]>;

async function register(
  db: Db,
  account: Account,
  key: SoftwareAuthenticator,
  forged: Forgery = {},
  more: object = {},
) {
  const { challenge } = await registrationOptions(db, { account, ...asking });
  const response = key.create({ challenge, origin, rpId, ...forged });
  return verifyRegistration(db, { account, ...asking, response, label: "laptop", ...more });
}

async function login(
  db: Db,
  key: SoftwareAuthenticator,
  forged: Partial<Parameters<SoftwareAuthenticator["get"]>[0]> = {},
  more: object = {},
) {
  const { challenge } = await loginOptions(db, asking);
  const response = key.get({ challenge, origin, rpId, ...forged });
  return verifyLogin(db, { ...asking, response, ...device, ...more });
}

async function withKey(
  work: (db: Db, account: Account, key: SoftwareAuthenticator) => Promise<void>,
) {
  const database = await testDatabase();
  const account = await makeAccount(database.db, { name: "ada", now });
  await work(database.db, account, new SoftwareAuthenticator());
  await database.close();
}

onEachDatabase("a passkey is registered and signs in", async ({ db }) => {
  const account = await makeAccount(db, { name: "ada", now });
  const key = new SoftwareAuthenticator();
  const options = await registrationOptions(db, { account, ...asking });
  assert.equal(options.rp.id, rpId);
  assert.equal(options.user.name, "ada");
  assert.ok(!JSON.stringify(options).includes(account.email));
  assert.equal(options.authenticatorSelection?.userVerification, "required");
  const view = await register(db, account, key);
  assert.deepEqual(await listPasskeys(db, account.id), [view]);

  const asked = await loginOptions(db, asking);
  assert.equal(asked.allowCredentials, undefined);
  const handle = Buffer.from(account.id).toString("base64url");
  const planted = (await login(db, key)).session.token;
  const { session, account: who } = await login(
    db,
    key,
    { userHandle: handle },
    { replaces: planted },
  );
  assert.deepEqual(who, account);
  assert.deepEqual(await sessionOf(db, { token: session.token, now }), account);
  assert.equal(await sessionOf(db, { token: planted, now }), null);
});

test("registration: another origin, relying party, ceremony or a missing check is refused", () =>
  withKey(async (db, account, key) => {
    const forgeries: Forgery[] = [
      { origin: "https://papers.example.org.evil.test" },
      { origin: "http://papers.example.org" },
      { origin: "https://papers.example.org:8443" },
      { rpId: "example.org" },
      { rpId: "evil.test" },
      { flags: 0 }, // nobody present
      { flags: 0x01 }, // present, not verified
      { client: { type: "webauthn.get" } },
      { client: { crossOrigin: true } },
      { client: { topOrigin: "https://evil.test", crossOrigin: true } },
    ];
    for (const forged of forgeries)
      await assert.rejects(register(db, account, key, forged), input, JSON.stringify(forged));
    assert.deepEqual(await listPasskeys(db, account.id), []);
  }));

test("registration: a certificate is refused before anything reads it", () =>
  withKey(async (db, account, key) => {
    const certificate = new Map<string, unknown>([
      ["alg", -7],
      ["sig", Buffer.alloc(70)],
      ["x5c", [Buffer.from("a certificate that names a revocation list at 169.254.169.254")]],
    ]);
    for (const fmt of ["packed", "fido-u2f", "tpm", "apple", "android-key", "android-safetynet"])
      await assert.rejects(
        register(db, account, key, { attestation: { fmt, attStmt: certificate } }),
        (error: Error & { code: string }) =>
          error.code === "ERR_INPUT" && error.cause === undefined,
      );
  }));

test("registration: a challenge works once, for five minutes, for its account and browser", () =>
  withKey(async (db, account, key) => {
    const ask = () => registrationOptions(db, { account, ...asking });
    const answer = (challenge: string, more: object = {}) =>
      verifyRegistration(db, {
        account,
        ...asking,
        response: key.create({ challenge, origin, rpId }),
        label: "laptop",
        ...more,
      });
    const { challenge } = await ask();
    const eve = await makeAccount(db, { name: "eve", now });
    await assert.rejects(answer(newToken()), expired);
    await assert.rejects(answer(challenge, { now: later(5) }), expired);
    await assert.rejects(answer(challenge, { browser: newToken() }), expired);
    await assert.rejects(answer(challenge, { account: eve }), expired);
    await answer(challenge);
    await assert.rejects(answer(challenge), expired);
    // A login's challenge registers nothing, and the other way round.
    const other = await loginOptions(db, asking);
    await assert.rejects(answer(other.challenge), expired);
    const { challenge: third } = await ask();
    const response = key.get({ challenge: third, origin, rpId });
    await assert.rejects(verifyLogin(db, { ...asking, response, ...device }), expired);
  }));

test("registration: one passkey belongs to one account, and an account has at most ten", () =>
  withKey(async (db, account, key) => {
    await register(db, account, key);
    const eve = await makeAccount(db, { name: "eve", now });
    await assert.rejects(register(db, eve, key), { code: "ERR_CONFLICT" });
    for (let i = 1; i < maxPasskeys; i++) await register(db, account, new SoftwareAuthenticator());
    await assert.rejects(register(db, account, new SoftwareAuthenticator()), {
      code: "ERR_CONFLICT",
    });
  }));

test("login: another origin, relying party, key or a missing check is refused", () =>
  withKey(async (db, account, key) => {
    await register(db, account, key);
    for (const forged of [
      { origin: "https://evil.test" },
      { rpId: "evil.test" },
      { flags: 0x04 }, // verified, nobody present
      { flags: 0x01 },
      { client: { type: "webauthn.create" } },
      { client: { crossOrigin: true } },
      { userHandle: Buffer.from("0".repeat(24)).toString("base64url") },
    ])
      await assert.rejects(login(db, key, forged), unauthenticated, JSON.stringify(forged));
    // Another key under the registered id, and a key that nobody registered: the same words.
    const forger = Object.assign(new SoftwareAuthenticator(), { id: key.id });
    const messages: string[] = [];
    for (const wrong of [forger, new SoftwareAuthenticator()])
      await assert.rejects(login(db, wrong), (error: Error & { code: string }) => {
        messages.push(error.message);
        return error.code === "ERR_UNAUTHENTICATED";
      });
    assert.equal(messages[0], messages[1]);
    assert.equal((await db.selectFrom("sessions").selectAll().execute()).length, 0);
    await login(db, key);
  }));

test("login: an answer works once; a failed one uses its challenge up as well", () =>
  withKey(async (db, account, key) => {
    await register(db, account, key);
    const { challenge } = await loginOptions(db, asking);
    const response = key.get({ challenge, origin, rpId });
    const answer = (more: object = {}) =>
      verifyLogin(db, { ...asking, response, ...device, ...more });
    await assert.rejects(answer({ now: later(5) }), expired);
    await assert.rejects(answer({ browser: newToken() }), expired);
    await answer();
    await assert.rejects(answer(), expired);

    const second = await loginOptions(db, asking);
    const wrong = key.get({ challenge: second.challenge, origin: "https://evil.test", rpId });
    await assert.rejects(
      verifyLogin(db, { ...asking, response: wrong, ...device }),
      unauthenticated,
    );
    const right = key.get({ challenge: second.challenge, origin, rpId });
    await assert.rejects(verifyLogin(db, { ...asking, response: right, ...device }), expired);
  }));

test("login: a counter that does not grow is refused and written down", () =>
  withKey(async (db, account, key) => {
    key.counter = 5;
    await register(db, account, key);
    for (const counter of [5, 4, 0]) {
      key.counter = counter;
      await assert.rejects(login(db, key), unauthenticated);
    }
    const audit = await db.selectFrom("audit_log").selectAll().execute();
    assert.equal(audit.length, 3);
    assert.deepEqual(
      new Set(audit.map(({ action, subject, detail }) => ({ action, subject, ...detail }))),
      new Set(
        [5, 4, 0].map((got) => ({
          action: "passkey.counter",
          subject: `account:${account.id}`,
          passkey: key.id,
          had: 5,
          got,
        })),
      ),
    );
    key.counter = 6;
    await login(db, key);
    // A stranger without the key cannot make such an entry.
    const forger = Object.assign(new SoftwareAuthenticator(), { id: key.id, counter: 1 });
    await assert.rejects(login(db, forger), unauthenticated);
    assert.equal((await db.selectFrom("audit_log").selectAll().execute()).length, 3);
  }));

onEachDatabase("login: of a key and its copy at the same count one gets in", async ({ db }) => {
  const account = await makeAccount(db, { name: "ada", now });
  const key = new SoftwareAuthenticator();
  await register(db, account, key);
  key.counter = 1;
  const logins = await Promise.allSettled(Array.from({ length: 6 }, () => login(db, key)));
  assert.equal(logins.filter(({ status }) => status === "fulfilled").length, 1);
});

test("login: a suspended account stays out, and a removed passkey opens nothing", () =>
  withKey(async (db, account, key) => {
    const { id } = await register(db, account, key);
    await db.updateTable("accounts").set({ suspended_at: now }).execute();
    await assert.rejects(login(db, key), { code: "ERR_FORBIDDEN" });
    await db.updateTable("accounts").set({ suspended_at: null }).execute();
    const eve = await makeAccount(db, { name: "eve", now });
    await assert.rejects(removePasskey(db, { accountId: eve.id, id }), { code: "ERR_NOT_FOUND" });
    await removePasskey(db, { accountId: account.id, id });
    await assert.rejects(login(db, key), unauthenticated);
  }));

test("whatever a client sends in place of an answer is refused by its code", () =>
  withKey(async (db, account, key) => {
    const { challenge } = await loginOptions(db, asking);
    const good = key.get({ challenge, origin, rpId });
    const client = Buffer.from('{"challenge":1}').toString("base64url");
    const broken: unknown[] = [
      null,
      {},
      { ...good, id: "\0" },
      { ...good, id: 5 },
      { ...good, response: null },
      { ...good, response: { ...good.response, clientDataJSON: "!" } },
      { ...good, response: { ...good.response, clientDataJSON: client } },
      { ...good, response: { ...good.response, clientDataJSON: "e".repeat(5000) } },
    ];
    for (const response of broken) {
      const answer = { ...asking, response: response as never };
      await assert.rejects(verifyLogin(db, { ...answer, ...device }), unauthenticated);
      await assert.rejects(verifyRegistration(db, { ...answer, account, label: "x" }), input);
    }
    await register(db, account, key);
    for (const part of ["authenticatorData", "signature"] as const)
      for (const value of ["", "AA", "!!", 7, null, {}]) {
        const asked = await loginOptions(db, asking);
        const made = key.get({ challenge: asked.challenge, origin, rpId });
        const response = { ...made, response: { ...made.response, [part]: value } } as never;
        await assert.rejects(verifyLogin(db, { ...asking, response, ...device }), unauthenticated);
      }
  }));
