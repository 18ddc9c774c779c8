import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { getPaper } from "@daily-kernel/feed/node";
import { type FixtureServer, fixtureServer } from "@daily-kernel/feed/testing/arxiv";
import { type Config, readConfig } from "../config.ts";
import { openService, type Service } from "../service.ts";
import { root, silent } from "../testing/fixture.ts";
import type { VerbArgs, VerbName } from "../verbs/verbs.ts";
import { runVerb } from "./run-verb.ts";

const directory = mkdtempSync(join(tmpdir(), "daily-kernel-control-"));
let arxiv: FixtureServer;
let config: Config;
let service: Service | undefined;

before(async () => {
  arxiv = await fixtureServer();
  config = readConfig(
    {
      DAILY_KERNEL_DIR: directory,
      EMBEDDER: "lsa",
      ADMIN_EMAIL: "Boss@Example.org",
      ARXIV_URL: new URL(arxiv.urls.oai).origin,
      BASE_URL: "https://papers.example.org",
      WORKERS: "0",
    },
    { root },
  );
  service = await openService(config, { root, log: silent });
  await service.start();
});
after(async () => {
  await service?.close();
  await arxiv.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Asks as a command would, which finds the folder taken: through the channel. */
async function ask<Name extends VerbName>(
  name: Name,
  args: VerbArgs<Name>,
  signal = new AbortController().signal,
  onProgress: (doing: string) => void = () => {},
) {
  const said: string[] = [];
  const data: string[] = [];
  const io = {
    signal,
    progress: (doing: string) => {
      said.push(doing);
      onProgress(doing);
    },
    data: async (text: string) => void data.push(text),
  };
  const value = await runVerb(name, args, { config, root, log: silent, io });
  return { value, said, data: data.join("") };
}

test("a command runs in the process that has the folder, and its words come through", async () => {
  const { value } = await ask("status", {});
  assert.equal(value.site, "https://papers.example.org");
  assert.equal(value.searchable, 2);
  assert.equal(value.runs.length, 0);
});

test("the admin's account is there, a moderator's; the operator's acts are written down", async () => {
  assert.match((await ask("role", { who: "boss@example.org", role: "submitter" })).value, /^mod/);
  const { value } = await ask("audit", { limit: 10 });
  assert.deepEqual(
    value.map(({ action, actor, detail }) => [action, actor, detail]),
    [["account.role", null, { from: "moderator", to: "submitter" }]],
  );
});

test("an error keeps its code and its words", async () => {
  await assert.rejects(ask("role", { who: "nobody", role: "reader" }), {
    code: "ERR_NOT_FOUND",
    message: /there is no account nobody/,
  });
  await assert.rejects(ask("ingest", { source: "rss", list: false }), { code: "ERR_INPUT" });
});

test("papers come from arXiv by command", async () => {
  const id = arxiv.papers.at(-1)!.id;
  const { value, said } = await ask("ingest", { source: "ids", ids: [id], list: true });
  assert.equal(value[0]!.added, 1);
  assert.ok(said.length > 0);
  assert.ok((await getPaper(service!.db, id))?.listedDay);
  assert.match(arxiv.requests.at(-1)!, /^\/api\/query/);
});

test("a backup through the channel is whole", async () => {
  const { value, data } = await ask("backup", {});
  const lines = data.trim().split("\n");
  assert.equal(
    lines.length,
    Object.values(value.rows).reduce((sum, rows) => sum + rows, 2),
  );
  assert.match(lines.at(-1)!, /^\{"sha256":"[0-9a-f]{64}"\}$/);
});

test("hanging up cancels the command in the server", async () => {
  const stop = new AbortController();
  const working = ask("worker", { concurrency: 1 }, stop.signal, () => stop.abort());
  await assert.rejects(working, { name: "AbortError" });
});

test("with nobody there, a command opens the folder itself", async () => {
  await service!.close();
  service = undefined;
  const { value } = await ask("status", {});
  assert.equal(value.searchable, 0);
  assert.equal(value.papers, 3);
  await assert.rejects(ask("role", { who: "nobody", role: "reader" }), { code: "ERR_NOT_FOUND" });
});
