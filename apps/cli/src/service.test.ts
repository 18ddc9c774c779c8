import assert from "node:assert/strict";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { openLog, openService, readConfig, type Service } from "@daily-kernel/service";
import { cli } from "./cli.ts";

let root = "";
before(() => {
  root = mkdtempSync(join(tmpdir(), "daily-kernel-cli-"));
  cpSync(fileURLToPath(new URL("../fixture", import.meta.url)), root, { recursive: true });
});
after(async () => {
  await server?.close();
  rmSync(root, { recursive: true });
});

/** A server beside which commands are quick: opening a database takes seconds. */
let server: Service | undefined;
async function startServer(): Promise<void> {
  const config = readConfig({ WORKERS: "0" }, { root });
  server = await openService(config, { root, log: openLog("silent") });
  await server.start();
}

function sink() {
  let text = "";
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  return Object.assign(stream, { text: () => text });
}

/** A command in a folder of its own. */
async function run(argv: string[], env: Record<string, string> = {}) {
  const [out, err] = [sink(), sink()];
  const code = await cli(argv, { root, out, err, env: { EMBEDDER: "lsa", ...env } });
  return { code, out: out.text(), err: err.text() };
}

const file = () => join(root, "saved.ndjson.gz");

test("where no server runs, a command makes and opens the folder itself", async () => {
  const { code, out, err } = await run(["admin", "status"]);
  assert.equal(err, "");
  assert.equal(code, 0);
  assert.match(out, /^database {2}pglite$/m);
  assert.match(out, /^papers {4}0 in the feed, 0 searchable$/m);
  assert.equal(existsSync(join(root, ".daily-kernel/database")), true);
});

test("beside a server, admin says what it did, and keeps it", async () => {
  await startServer();
  const missing = await run(["admin", "role", "ada@example.org", "moderator"]);
  assert.equal(missing.code, 1);
  assert.match(missing.err, /^daily-kernel: there is no account ada@example\.org/);
  const jobs = await run(["admin", "jobs", "--json"]);
  assert.equal(JSON.parse(jobs.out).queues.length, 18);
});

test("forge sweep: started, looked at, cancelled; what cannot be starts nothing", async () => {
  const none = await run(["forge", "sweep", "status"]);
  assert.equal(none.out, "there are no sweeps\n");
  const start = ["forge", "sweep", "start", "--tasks", "relu,softmax", "--name", "june"];
  const refused: [string[], RegExp][] = [
    [["--backends", "cpp", "--tasks", "relu,relo"], /no task is called "relo"; did you mean relu/],
    [["--backends", "cpp,cp"], /no back end is called "cp"; there are cpp/],
    [["--backends", "cpp", "--dims", "64"], /softmax has the sizes .*, got 1 numbers/],
    [["--backends", "cpp", "--kind", "bench"], /bench needs --kernels/],
    [["--backends", "cpp", "--kind", "bench", "--kernels", root], /there is no kernel relu\.cpp/],
    [["--backends", "cpp,"], /expected names like a,b,c/],
    [["--backends", "cpp", "--seed", "-1"], /integer from 0/],
    [[], /required option '--backends <ids>'/],
  ];
  for (const [more, message] of refused) {
    const { code, out, err } = await run([...start, ...more]);
    assert.equal(code, 2, err);
    assert.equal(out, "");
    assert.match(err, message);
  }
  assert.equal((await run(["forge", "sweep", "status"])).out, none.out);
  const started = await run([...start, "--backends", "cpp,openmp", "--seed", "1,2"]);
  assert.equal(started.code, 0, started.err);
  assert.match(started.out, /^june: 8 cells: 8 waiting$/m);
  const again = await run([...start, "--backends", "cpp"]);
  assert.equal(again.code, 1);
  assert.match(again.err, /there is a sweep called june already/);
  const status = await run(["forge", "sweep", "status", "june"]);
  assert.match(status.out, /^8 +softmax +openmp +2 +waiting +no worker is there/m);
  const jobs = JSON.parse((await run(["admin", "jobs", "--json"])).out);
  const waiting = jobs.queues.filter((queue: { waiting: number }) => queue.waiting > 0);
  assert.deepEqual(
    waiting.map((queue: { queue: string; waiting: number }) => [queue.queue, queue.waiting]),
    [
      ["forge-cpp", 4],
      ["forge-openmp", 4],
    ],
  );
  const cancelled = await run(["forge", "sweep", "cancel", "june"]);
  assert.equal(cancelled.out, "june: 8 cells: 8 cancelled\n");
  const results = JSON.parse((await run(["forge", "sweep", "results", "june", "--json"])).out);
  assert.equal(results.cells.length, 8);
  const missing = await run(["forge", "sweep", "status", "july"]);
  assert.equal(missing.code, 1);
  assert.match(missing.err, /there is no sweep july; the latest are june/);
});

test("digest: nothing is due, and a day without papers has no issue", async () => {
  assert.equal(
    (await run(["digest", "--dry-run"])).out,
    "0 due, 0 waiting for another attempt, 0 subscribers\n",
  );
  assert.match((await run(["digest"])).out, /^0 sent, 0 refused/);
  assert.equal((await run(["digest", "--issue", "tomorrow"])).code, 2);
});

test("a backup fills another folder, byte for byte, and never a folder that is in use", async () => {
  const saved = await run(["backup", file()]);
  assert.equal(saved.code, 0, saved.err);
  if (process.platform !== "win32") assert.equal(statSync(file()).mode & 0o777, 0o600);
  const again = await run(["backup", file()]);
  assert.equal(again.code, 2);
  assert.match(again.err, /is there already/);
  const elsewhere = { DAILY_KERNEL_DIR: join(root, "other") };
  const restored = await run(["restore", file()], elsewhere);
  assert.equal(restored.code, 0, restored.err);
  const printed = await run(["backup", "-"], elsewhere);
  assert.equal(printed.out, gunzipSync(readFileSync(file())).toString());
  const twice = await run(["restore", file()], elsewhere);
  assert.equal(twice.code, 1);
  assert.match(twice.err, /the database is not empty/);
});

test("what is no backup, or half of one, restores nothing", async () => {
  const text = gunzipSync(readFileSync(file()));
  const damaged: [string, Uint8Array, RegExp][] = [
    ["half.ndjson", text.subarray(0, text.length - 20), /restore: /],
    ["half.gz", readFileSync(file()).subarray(0, 60), /unexpected end of file/],
  ];
  const env = { DAILY_KERNEL_DIR: join(root, "third") };
  for (const [name, bytes, message] of damaged) {
    writeFileSync(join(root, name), bytes);
    const { code, err } = await run(["restore", join(root, name)], env);
    assert.notEqual(code, 0);
    assert.match(err, message);
  }
  assert.equal((await run(["restore", join(root, "nothing")], env)).code, 2);
});

test("a backup that is broken off leaves no file", async () => {
  const name = join(root, "full", "disk.ndjson");
  const { code } = await run(["backup", name]);
  assert.notEqual(code, 0);
  assert.deepEqual(
    readdirSync(root).filter((entry) => entry.endsWith(".part")),
    [],
  );
});

test("wrong settings and wrong usage are said in a line, with exit code 2", async () => {
  const cases: [string[], Record<string, string>, RegExp][] = [
    [["admin", "status"], { PORT: "none" }, /PORT must be an integer from 0 to 65535, got none/],
    [["serve"], { BASE_URL: "example.org" }, /BASE_URL must be an address/],
    [["ingest"], {}, /name a source .*or set INGEST/],
    [["ingest", "blog"], {}, /Allowed choices are oai, rss, query, ids/],
    [["worker", "--concurrency", "0"], {}, /integer from 1 to 64/],
    [["admin", "role", "ada", "king"], {}, /Allowed choices are reader, submitter, moderator/],
    [["admin", "suspend", "ada"], {}, /required option '--reason <text>'/],
  ];
  for (const [argv, env, message] of cases) {
    const { code, out, err } = await run(argv, env);
    assert.equal(code, 2, `${argv.join(" ")}: ${err}`);
    assert.equal(out, "");
    assert.match(err, message);
  }
});

test("every verb has --help", async () => {
  const sweeps = ["start", "status", "results", "cancel"].map((verb) => `forge sweep ${verb}`);
  const others = ["serve", "ingest", "digest", "worker", "backup", "restore", "admin"];
  for (const verb of [...others, ...sweeps]) {
    const { code, out } = await run([...verb.split(" "), "--help"]);
    assert.equal(code, 0);
    assert.match(out, new RegExp(`Usage: daily-kernel ${verb}`));
  }
});
