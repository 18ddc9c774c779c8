import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { type Started, startServer } from "./harness.ts";

const cli = fileURLToPath(new URL("../../cli/src/main.ts", import.meta.url));
const directory = mkdtempSync(join(tmpdir(), "daily-kernel-serving-"));
let server: Started;
let url = "";

before(async () => {
  server = startServer(0, directory);
  url = await server.url;
});
after(async () => {
  await end(server.process, "SIGKILL");
  rmSync(directory, { recursive: true, force: true });
});

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  child.kill(signal);
  const [code] = await once(child, "exit");
  return code;
}

/** A command on the server's folder. */
async function command(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const child = spawn(process.execPath, [cli, ...argv], {
    env: { ...process.env, DAILY_KERNEL_DIR: directory, DATABASE_URL: "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (data) => {
    out += data;
  });
  child.stderr.on("data", (data) => {
    err += data;
  });
  const [code] = await once(child, "close");
  return { code, out, err };
}

const subscribers = async () => {
  const { code, out, err } = await command("backup", "-");
  assert.equal(code, 0, err);
  return out.split("\n").filter((line) => line.startsWith('["subscribers",'));
};

test("commands run inside the server that has the folder", async () => {
  const { code, out, err } = await command("admin", "status", "--json");
  assert.equal(code, 0, err);
  const status = JSON.parse(out);
  assert.equal(status.site, url);
  assert.ok(status.papers >= 33);
  // Only where readers are served is there a search.
  assert.equal(status.searchable, status.papers);
  const bad = await command("admin", "role", "nobody@example.org", "moderator");
  assert.equal(bad.code, 1);
  assert.match(bad.err, /there is no account nobody@example\.org/);
});

test("the file that leads to the server is the user's alone, and strangers are refused", async () => {
  const file = join(directory, "server.json");
  if (process.platform !== "win32") assert.equal(statSync(file).mode & 0o777, 0o600);
  const control = JSON.parse(readFileSync(file, "utf8")).url;
  assert.match(control, /^http:\/\/127\.0\.0\.1:/);
  for (const authorization of ["", "Bearer ", "Bearer guess"]) {
    const reply = await fetch(`${control}/status`, {
      method: "POST",
      headers: { authorization },
      body: "{}",
    });
    assert.equal(reply.status, 401);
  }
});

test("a second server on the folder says who has it and ends", async () => {
  const second = startServer(0, directory);
  await assert.rejects(second.url);
  await end(second.process, "SIGKILL");
  assert.match(
    second.errors(),
    new RegExp(`^daily-kernel: process ${server.process.pid}, which serves ${url}, has .* open`),
  );
});

test("after kill -9 the server starts again, and nothing is lost", async () => {
  const reply = await fetch(`${url}/api/subscriptions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: "reader@example.org", frequency: "daily" }),
  });
  assert.equal(reply.status, 202, await reply.text());
  const saved = await subscribers();
  assert.equal(saved.length, 1);
  await end(server.process, "SIGKILL");
  assert.equal(existsSync(join(directory, "server.json")), true);
  // With nobody there, a command takes the folder itself.
  assert.deepEqual(await subscribers(), saved);
  server = startServer(0, directory);
  url = await server.url;
  assert.deepEqual(await subscribers(), saved);
  const feed = (await (await fetch(`${url}/api/daily_papers?limit=100`)).json()) as unknown[];
  assert.ok(feed.length >= 33);
});

test("asked to end, it lets commands and readers go and leaves nothing behind", async () => {
  const worker = spawn(process.execPath, [cli, "worker"], {
    env: { ...process.env, DAILY_KERNEL_DIR: directory },
    stdio: ["ignore", "ignore", "pipe"],
  });
  for await (const line of worker.stderr) if (String(line).includes("waits for runs")) break;
  const ended = once(worker, "exit");
  assert.equal(await end(server.process, "SIGTERM"), 0);
  await ended;
  assert.equal(existsSync(join(directory, "server.json")), false);
  // The log is on standard error as well; nothing else is, and it holds no warning.
  const logged = server.errors().split("\n").filter(Boolean);
  assert.deepEqual(
    logged.filter((line) => !["debug", "info"].includes(JSON.parse(line).level)),
    [],
  );
});
