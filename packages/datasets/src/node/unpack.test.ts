import assert from "node:assert/strict";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { npmPack } from "./npm-pack.ts";
import { npmDataset, registryFixture } from "./npm-registry.fixture.ts";
import { unpack } from "./unpack.ts";

const bytes = new TextEncoder().encode("real data\n");

test("cancelling while unpacking leaves nothing in the cache", async () => {
  await using registry = await registryFixture({ "a.bin": bytes });
  const { cacheDir, folder, env } = registry;
  await mkdir(cacheDir);
  const { files } = npmDataset(registry.tarball, "a.bin", bytes);
  const tarball = await npmPack(registry.tarball, folder, env, undefined);
  await assert.rejects(unpack("s", files, tarball, folder, cacheDir, AbortSignal.abort()), {
    name: "AbortError",
  });
  assert.deepEqual(await readdir(cacheDir), []);
  await unpack("s", files, tarball, folder, cacheDir);
  assert.equal((await readdir(cacheDir)).length, 1);
});

test("a file that is no gzipped tar is refused", async () => {
  await using registry = await registryFixture({ "a.bin": bytes });
  const { cacheDir, folder } = registry;
  await mkdir(cacheDir);
  const { files } = npmDataset(registry.tarball, "a.bin", bytes);
  const tarball = join(folder, "not.tgz");
  await writeFile(tarball, "not a gzip file");
  await assert.rejects(unpack("s", files, tarball, folder, cacheDir), /incorrect header check/);
  assert.deepEqual(await readdir(cacheDir), []);
});
