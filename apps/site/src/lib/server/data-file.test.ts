import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { cifar10, iris } from "@daily-kernel/datasets";
import { dataFile } from "./data-file.ts";

const irisFile = iris.files[0];
const cifarFile = cifar10.files[0];
assert.ok(irisFile && cifarFile);
const unreachable = { pathOf: () => assert.fail("nothing to look for") };

test("a cached file is served for ever, with its licence", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "data-file-"));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, "file");
  await writeFile(path, "the bytes");
  const pathOf = async (name: string) => {
    assert.equal(name, "iris");
    return new Map([[irisFile.path, path]]);
  };
  const response = await dataFile(irisFile.sha256, { pathOf });
  assert.equal(response.status, 200);
  assert.equal(await response.text(), "the bytes");
  assert.match(response.headers.get("cache-control") ?? "", /immutable/);
  assert.ok(response.headers.get("x-licence")?.includes(iris.licence.name));
});

test("unknown files, forbidden licences and files that are not here are refused with a reason", async () => {
  assert.equal((await dataFile("0".repeat(64), unreachable)).status, 404);
  const forbidden = await dataFile(cifarFile.sha256, unreachable);
  assert.equal(forbidden.status, 451);
  assert.ok((await forbidden.text()).includes(cifar10.licence.name));
  const missing = await dataFile(irisFile.sha256, {
    pathOf: () =>
      Promise.reject(
        Object.assign(new Error('run "daily-kernel data get iris"'), { code: "ERR_DATA" }),
      ),
  });
  assert.equal(missing.status, 404);
  assert.match(await missing.text(), /data get iris/);
});
