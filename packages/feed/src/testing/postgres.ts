import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import pg from "pg";
import { openDatabase } from "../database/open.ts";
import { cacheFolder, fingerprint } from "./cache.ts";
import { lender } from "./lender.ts";
import { type Binaries, moveInPlace, postgresBinaries } from "./postgres-binaries.ts";

/** Why there is no Postgres to test on; `null` if there is one. */
export function missingPostgres(): string | null {
  if (process.platform === "win32") return "a Postgres server for tests is started on Unix only";
  if (postgresBinaries(cacheFolder()) !== null) return null;
  return "no Postgres: neither the npm package of this platform nor `postgres` on the PATH";
}

interface Server {
  /** Makes an empty database with all tables. */
  create(): Promise<string>;
}

let server: Promise<Server> | undefined;

/** The address of an empty database of the process's own server, for programs that open it. */
export async function postgresUrl(): Promise<string> {
  server ??= start();
  return (await server).create();
}

/** An empty database of the process's own server. */
export const postgresDatabase = lender(async () => openDatabase({ url: await postgresUrl() }));

/** A server refuses to run as root: then it runs as nobody. */
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

const settings = Object.entries({
  listen_addresses: "",
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  shared_buffers: "32MB",
  max_connections: "200",
}).flatMap(([name, value]) => ["-c", `${name}=${value}`]);

/** Starts the server on a copy of a prepared data directory. It ends when this process does. */
async function start(): Promise<Server> {
  const binaries = postgresBinaries(cacheFolder())!;
  const template = join(cacheFolder(), `postgres-data-${fingerprint(binaries.version)}`);
  if (!existsSync(template)) await prepare(binaries, template);
  const folder = ownFolder();
  execFileSync("cp", ["-R", template, join(folder, "data")], user);
  run(binaries, folder, "rm -rf");
  await ready(folder);
  let databases = 0;
  return {
    create: async () => {
      const name = `test${++databases}`;
      await query(folder, `create database ${name} template prepared`);
      return url(folder, name);
    },
  };
}

/** A data directory with a database in which the tables are made. */
async function prepare(binaries: Binaries, template: string): Promise<void> {
  const folder = ownFolder();
  const flags = [
    "--no-sync",
    "--encoding=UTF8",
    "--locale=C",
    "--auth=trust",
    "--username=postgres",
  ];
  execFileSync(join(binaries.bin, "initdb"), [...flags, "-D", join(folder, "data")], {
    ...spawning(binaries),
    stdio: ["ignore", "ignore", "inherit"],
  });
  const running = run(binaries, folder, ":");
  await ready(folder);
  await query(folder, "create database prepared");
  const database = await openDatabase({ url: url(folder, "prepared"), connections: 1 });
  await database.close();
  await ended(running);
  moveInPlace(join(folder, "data"), template);
  rmSync(folder, { recursive: true, force: true });
}

function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "dk-pg-"));
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  return folder;
}

const spawning = ({ lib }: Binaries) => ({
  ...user,
  cwd: "/",
  env: {
    PATH: process.env.PATH,
    LC_ALL: "C",
    ...(lib !== null && { LD_LIBRARY_PATH: lib, DYLD_LIBRARY_PATH: lib }),
  },
});

/** Waits for the end of its input, which comes with this process's end at the latest. */
const shell = `"$1" -D "$2/data" -k "$2" "\${@:4}" > "$2/log" 2>&1 & server=$!
cat > /dev/null; kill -INT $server; wait $server; $3 "$2"`;

function run(binaries: Binaries, folder: string, atEnd: ":" | "rm -rf"): ChildProcess {
  const program = join(binaries.bin, "postgres");
  const child = spawn("bash", ["-c", shell, "bash", program, folder, atEnd, ...settings], {
    ...spawning(binaries),
    stdio: ["pipe", "ignore", "inherit"],
    detached: true,
  });
  child.unref();
  (child.stdin as unknown as Socket).unref();
  return child;
}

function ended(child: ChildProcess): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  child.once("exit", () => resolve());
  child.ref();
  child.stdin!.end();
  return promise;
}

const url = (folder: string, name: string) =>
  `postgres://postgres@/${name}?host=${encodeURIComponent(folder)}`;

async function query(folder: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url(folder, "postgres") });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

/** Asks until the server answers, for half a minute at most. */
async function ready(folder: string): Promise<void> {
  for (let left = 1500; ; left--) {
    try {
      return await query(folder, "select 1");
    } catch (error) {
      if (left === 0) throw error;
      await setTimeout(20);
    }
  }
}
