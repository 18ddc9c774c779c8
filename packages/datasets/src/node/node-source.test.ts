import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { load } from "../load.ts";
import { nodeSource } from "./node-source.ts";
import {
  fixtureDataset,
  hexSha256,
  npmDataset,
  type RegistryFixture,
  registryFixture,
} from "./npm-registry.fixture.ts";

const bytes = new TextEncoder().encode("real data\n");
const files = { "data/a.bin": bytes, "other.bin": new Uint8Array(100_000) };

const sourceOf = ({ cacheDir, env }: RegistryFixture, warnings: string[] = []) =>
  nodeSource({ cacheDir, env, warn: (message) => warnings.push(message) });

const cached = async ({ cacheDir }: RegistryFixture) => await readdir(cacheDir).catch(() => []);

test("a tarball comes through the registry and token of .npmrc, once", async () => {
  await using registry = await registryFixture(files);
  const dataset = npmDataset(registry.tarball, "data/a.bin", bytes);
  const source = sourceOf(registry);
  const progress: string[] = [];
  const onProgress = (p: { phase: string; done: number }) => progress.push(`${p.phase} ${p.done}`);
  const value = await load(dataset, source, { onProgress });
  assert.deepEqual(value, bytes);
  assert.ok(!Buffer.isBuffer(value), "parsers rely on slice() being a copy");
  assert.deepEqual(progress, ["fetch 0", `fetch ${registry.tarball.bytes}`, "read 10"]);
  assert.deepEqual(await cached(registry), [hexSha256(bytes)], "only the wanted file is kept");
  const path = (await source.get(dataset)).get("data/a.bin");
  assert.deepEqual(await readFile(path!), Buffer.from(bytes));
  assert.equal(registry.downloads(), 1, "the second call finds the file in the cache");
});

test("a damaged file in the cache is reported with both hashes and fetched again", async () => {
  await using registry = await registryFixture(files);
  const dataset = npmDataset(registry.tarball, "data/a.bin", bytes);
  const damaged = new TextEncoder().encode("fake data\n");
  await mkdir(registry.cacheDir);
  await writeFile(join(registry.cacheDir, hexSha256(bytes)), damaged);
  const warnings: string[] = [];
  assert.deepEqual(await load(dataset, sourceOf(registry, warnings)), bytes);
  assert.equal(warnings.length, 1);
  assert.match(warnings[0]!, new RegExp(`data/a.bin.*${hexSha256(bytes)}.*${hexSha256(damaged)}`));
  assert.equal(registry.downloads(), 1);
});

test("a tarball that is not the pinned one is refused and leaves nothing", async () => {
  await using registry = await registryFixture(files);
  const pinned = { ...registry.tarball, integrity: `sha512-${"A".repeat(86)}==` };
  await assert.rejects(load(npmDataset(pinned, "data/a.bin", bytes), sourceOf(registry)), {
    code: "ERR_DATA",
    message: /@fixture\/data@1\.2\.3 is damaged or was replaced: expected integrity sha512-AAA/,
  });
  assert.deepEqual(await cached(registry), []);
});

test("a file that is not the pinned one, or is absent, is refused and leaves nothing", async () => {
  await using registry = await registryFixture(files);
  const other = new TextEncoder().encode("other data");
  const wrong = npmDataset(registry.tarball, "data/a.bin", other);
  await assert.rejects(load(wrong, sourceOf(registry)), {
    code: "ERR_DATA",
    message: new RegExp(`data/a.bin is damaged.*${hexSha256(other)}, got ${hexSha256(bytes)}`),
  });
  const absent = npmDataset(registry.tarball, "data/none.bin", other);
  await assert.rejects(load(absent, sourceOf(registry)), {
    code: "ERR_DATA",
    message: /the tarball lacks data\/none\.bin/,
  });
  assert.deepEqual(await cached(registry), []);
});

test("a cancelled download ends npm and leaves nothing", async () => {
  const controller = new AbortController();
  const reason = new Error("the reader pressed cancel");
  let closed: Promise<unknown> = Promise.resolve();
  await using registry = await registryFixture(files, (request, response, tgz) => {
    closed = new Promise((resolve) => request.socket.once("close", resolve));
    response.writeHead(200, { "content-length": tgz.length });
    response.write(tgz.subarray(0, 20));
    controller.abort(reason);
  });
  const dataset = npmDataset(registry.tarball, "data/a.bin", bytes);
  const loading = load(dataset, sourceOf(registry), { signal: controller.signal });
  await assert.rejects(loading, reason);
  await closed;
  assert.deepEqual(await cached(registry), []);
});

test("callers at once share one download, and cancelling one leaves the other", async () => {
  await using registry = await registryFixture(files);
  const dataset = npmDataset(registry.tarball, "data/a.bin", bytes);
  const source = sourceOf(registry);
  const controller = new AbortController();
  const first = load(dataset, source);
  const second = load(dataset, source);
  const third = load(dataset, source, { signal: controller.signal });
  controller.abort();
  await assert.rejects(third, { name: "AbortError" });
  assert.deepEqual(await Promise.all([first, second]), [bytes, bytes]);
  assert.equal(registry.downloads(), 1);
});

test("a fetch removes what killed processes left, and nothing that may be in use", async () => {
  await using registry = await registryFixture(files);
  const { cacheDir } = registry;
  for (const name of ["fetch-old", "fetch-new"])
    await mkdir(join(cacheDir, name), { recursive: true });
  await utimes(join(cacheDir, "fetch-old"), 1, 1);
  await load(npmDataset(registry.tarball, "data/a.bin", bytes), sourceOf(registry));
  assert.deepEqual((await cached(registry)).toSorted(), [hexSha256(bytes), "fetch-new"].toSorted());
});

test("two processes that fetch the same file at once both succeed", async () => {
  await using registry = await registryFixture(files);
  const dataset = npmDataset(registry.tarball, "data/a.bin", bytes);
  const script = `
    const { nodeSource } = await import(${JSON.stringify(new URL("node-source.ts", import.meta.url))});
    const [dataset, cacheDir] = JSON.parse(process.argv[1]);
    const paths = await nodeSource({ cacheDir }).get(dataset);
    process.stdout.write([...paths.values()].join());`;
  const outputs = [1, 2].map(async () => {
    const argument = JSON.stringify([dataset, registry.cacheDir]);
    const args = ["--input-type=module", "-e", script, argument];
    const child = spawn(process.execPath, args, {
      env: registry.env as NodeJS.ProcessEnv,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    await once(child, "close");
    return output;
  });
  const path = join(registry.cacheDir, hexSha256(bytes));
  assert.deepEqual(await Promise.all(outputs), [path, path]);
  assert.deepEqual(await cached(registry), [hexSha256(bytes)]);
});

test("offline, the error names the package, npm's code and the configuration", async () => {
  const registry = await registryFixture(files);
  const dataset = npmDataset(registry.tarball, "data/a.bin", bytes);
  await registry[Symbol.asyncDispose]();
  // The .npmrc went with the registry, so say where nothing listens any more.
  const env = { ...registry.env, npm_config_registry: "http://127.0.0.1:1/" };
  const source = nodeSource({ cacheDir: registry.cacheDir, env });
  await assert.rejects(load(dataset, source), {
    code: "ERR_DATA",
    message:
      /could not get @fixture\/data@1\.2\.3 from its configured registry \(ECONNREFUSED\).*npm config get registry/,
  });
});

test("without npm the error says so", async () => {
  await using registry = await registryFixture(files);
  const dataset = npmDataset(registry.tarball, "data/a.bin", bytes);
  const env = { ...registry.env, PATH: registry.folder, npm_execpath: undefined };
  await assert.rejects(load(dataset, nodeSource({ cacheDir: registry.cacheDir, env })), {
    code: "ERR_DATA",
    message: /npm was not found on the PATH/,
  });
  assert.deepEqual(await cached(registry), []);
});

test("an installed package is used where it lies", async () => {
  await using registry = await registryFixture(files);
  const dataset = npmDataset(registry.tarball, "data/a.bin", bytes);
  const installed = join(registry.folder, "node_modules/@fixture/data/data/a.bin");
  await mkdir(dirname(installed), { recursive: true });
  await writeFile(installed, bytes);
  const before = process.cwd();
  process.chdir(registry.folder);
  try {
    const paths = await sourceOf(registry).get(dataset);
    assert.equal(
      paths.get("data/a.bin"),
      join(process.cwd(), "node_modules/@fixture/data/data/a.bin"),
    );
  } finally {
    process.chdir(before);
  }
  assert.equal(registry.downloads(), 0);
});

test("a file of the data folder is read, checked, and asked for by its place", async () => {
  await using registry = await registryFixture(files);
  const dataDir = registry.folder;
  const from = { folder: "set/a.bin" };
  const dataset = fixtureDataset({ path: "a.bin", bytes: 10, sha256: hexSha256(bytes), from });
  const source = nodeSource({ cacheDir: registry.cacheDir, env: { DAILY_KERNEL_DATA: dataDir } });
  const nowhere = nodeSource({ cacheDir: registry.cacheDir, env: {} });
  await assert.rejects(load(dataset, nowhere), {
    code: "ERR_DATA",
    message:
      /a\.bin not on this machine; put set\/a\.bin in a folder that the variable DAILY_KERNEL_DATA/,
  });
  await mkdir(join(dataDir, "set"));
  await writeFile(join(dataDir, "set/a.bin"), bytes);
  assert.deepEqual(await load(dataset, source), bytes);
  await writeFile(join(dataDir, "set/a.bin"), "fake");
  await assert.rejects(load(dataset, source), {
    code: "ERR_DATA",
    message: new RegExp(`a.bin is damaged.*${hexSha256(bytes)}, got [0-9a-f]{64}; replace`),
  });
});

test("a file that the user downloads is asked for by its address", async () => {
  await using registry = await registryFixture(files);
  const from = { download: "https://fixture.example/a.bin" };
  const dataset = fixtureDataset({ path: "a.bin", bytes: 10, sha256: hexSha256(bytes), from });
  const source = nodeSource({ cacheDir: registry.cacheDir, dataDir: registry.folder, env: {} });
  await assert.rejects(source.get(dataset), {
    code: "ERR_DATA",
    message: /download https:\/\/fixture\.example\/a\.bin and put fixture\/a\.bin in /,
  });
  await mkdir(join(registry.folder, "fixture"));
  await writeFile(join(registry.folder, "fixture/a.bin"), bytes);
  assert.deepEqual(await load(dataset, source), bytes);
});

test("list and pathOf tell what is here without fetching", async () => {
  await using registry = await registryFixture(files);
  const source = nodeSource({ cacheDir: registry.cacheDir, dataDir: registry.folder, env: {} });
  const states = new Map((await source.list()).map((s) => [s.dataset.name, s]));
  assert.equal(states.get("mnist")?.state, "fetchable");
  assert.match(states.get("mnist")!.how, /daily-kernel data get mnist.*11\.5 MB/);
  assert.equal(states.get("coat")?.state, "missing");
  assert.match(states.get("coat")!.how, /coat\/train\.ascii/);
  await assert.rejects(source.pathOf("mnist"), { code: "ERR_DATA", message: /data get mnist/ });
  await assert.rejects(source.pathOf("imagenet"), { code: "ERR_DATA", message: /cifar10, coat/ });
});

test("a cache folder that is a file is named", async () => {
  await using registry = await registryFixture(files);
  const dataset = npmDataset(registry.tarball, "data/a.bin", bytes);
  const cacheDir = join(registry.folder, "file");
  await writeFile(cacheDir, "");
  await assert.rejects(load(dataset, nodeSource({ cacheDir, env: registry.env })), {
    code: "ERR_DATA",
    message: /^fixture: the cache folder \S+file cannot be used \(EEXIST.*option cacheDir$/,
  });
});

test("arguments of the wrong kind are refused", async () => {
  // @ts-expect-error: options are an object
  assert.throws(() => nodeSource(null), {
    code: "ERR_TYPE",
    message: "nodeSource: options must be an object, got null",
  });
  // @ts-expect-error: a folder is named by a string
  assert.throws(() => nodeSource({ cacheDir: 5 }), {
    code: "ERR_TYPE",
    message: "nodeSource: cacheDir must be a string, got number",
  });
  const source = nodeSource({ env: {} });
  for (const method of ["get", "read"] as const) {
    // @ts-expect-error: nothing is not a data set
    await assert.rejects(source[method](null), {
      code: "ERR_TYPE",
      message: `nodeSource.${method}: dataset must be a Dataset, got null`,
    });
  }
});
