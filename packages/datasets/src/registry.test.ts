import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { datasetNamed, datasets, fileWithHash } from "./registry.ts";
import { serveable } from "./serveable.ts";
import { mnist } from "./sets/mnist.ts";

test("every entry is complete", () => {
  const names = datasets.map((dataset) => dataset.name);
  assert.deepEqual(names, [...new Set(names)].toSorted(), "names are unique and in order");
  for (const { name, title, licence, origin, files } of datasets) {
    assert.match(name, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    assert.ok(title && licence.name && licence.note.endsWith(".") && origin, name);
    assert.equal(new Set(files.map((file) => file.path)).size, files.length, name);
    for (const { bytes, sha256, from } of files) {
      assert.ok(Number.isInteger(bytes) && bytes > 0);
      assert.match(sha256, /^[0-9a-f]{64}$/);
      if (!("npm" in from)) continue;
      assert.match(from.npm.version, /^\d+\.\d+\.\d+$/, "an exact version");
      assert.match(from.npm.integrity, /^sha512-[A-Za-z0-9+/]{86}==$/);
    }
  }
});

test("a data set without a licence is not served, and the note says why", () => {
  for (const dataset of datasets) {
    const { allowed, note } = serveable(dataset);
    assert.equal(allowed, dataset.licence.name !== "none stated", dataset.name);
    assert.ok(note.startsWith(`${dataset.title}: ${dataset.licence.name}. `));
  }
  // @ts-expect-error: nothing is not a data set
  assert.throws(() => serveable(null), {
    code: "ERR_TYPE",
    message: "serveable: dataset must be a Dataset, got null",
  });
});

test("datasetNamed and fileWithHash find, and say what there is", () => {
  assert.equal(datasetNamed("mnist"), mnist);
  assert.throws(() => datasetNamed("minst"), {
    code: "ERR_DATA",
    message: /no data set "minst"; there are cifar10, .*uci-regression$/,
  });
  const file = mnist.files[2]!;
  assert.deepEqual(fileWithHash(file.sha256), { dataset: mnist, file });
  assert.equal(fileWithHash("0".repeat(64)), undefined);
});

test("the README's table is the registry", async () => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const rows = datasets.map(({ name, title, licence, files }) => {
    const megabytes = (files.reduce((sum, file) => sum + file.bytes, 0) / 1e6).toFixed(2);
    const [first] = files;
    const from = first!.from;
    const where =
      "npm" in from
        ? `npm \`${from.npm.package}@${from.npm.version}\``
        : "folder" in from
          ? `\`DAILY_KERNEL_DATA/${from.folder.split("/")[0]}\``
          : "download by hand";
    const served = licence.serve ? "yes" : "no";
    return `| \`${name}\` | ${title} | ${megabytes} | ${where} | ${licence.name} | ${served} |`;
  });
  const lines = readme.split("\n").filter((line) => line.startsWith("| `"));
  const table = lines.map((line) => line.replace(/ +/g, " "));
  assert.deepEqual(table, rows);
});
