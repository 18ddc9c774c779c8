import assert from "node:assert/strict";
import {
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
import { after, before, test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { unpackBrotli } from "./gpu-unpack.ts";

let folder: string;

before(() => {
  folder = mkdtempSync(join(tmpdir(), "gpu-unpack-"));
});

after(() => rmSync(folder, { recursive: true }));

/** A ustar archive of the given files, compressed, beside the others; returns its path. */
function archive(name: string, files: Record<string, string>): string {
  const parts: Buffer[] = [];
  for (const [path, text] of Object.entries(files)) {
    const header = Buffer.alloc(512);
    header.write(path, 0);
    header.write("0000755\0", 100);
    header.write(text.length.toString(8).padStart(11, "0"), 124);
    header.write("0", 156);
    header.write("ustar", 257);
    const body = Buffer.alloc(Math.ceil(text.length / 512) * 512);
    body.write(text);
    parts.push(header, body);
  }
  const path = join(folder, `${name}.tar.br`);
  writeFileSync(path, brotliCompressSync(Buffer.concat([...parts, Buffer.alloc(1024)])));
  return path;
}

test("archives and single executables land in one folder", async () => {
  const long = "x".repeat(700);
  const tar = archive("two", { "lib/a.so": long, "b.json": "{}" });
  const single = join(folder, "tool.br");
  writeFileSync(single, brotliCompressSync(Buffer.from("#!/bin/sh")));
  const target = join(folder, "deep", "target");
  await unpackBrotli(target, [tar, single]);
  assert.equal(readFileSync(join(target, "lib/a.so"), "utf8"), long);
  assert.equal(readFileSync(join(target, "b.json"), "utf8"), "{}");
  assert.equal(statSync(join(target, "tool")).mode & 0o777, 0o755);
  assert.deepEqual(readdirSync(join(folder, "deep")), ["target"]);
});

test("a folder that exists is left alone, also by racing processes", async () => {
  const target = join(folder, "race");
  const archives = ["first", "second"].map((text) => archive(text, { file: text }));
  await Promise.all(archives.map((path) => unpackBrotli(target, [path])));
  const winner = readFileSync(join(target, "file"), "utf8");
  await unpackBrotli(target, [archive("third", { file: "third" })]);
  assert.equal(readFileSync(join(target, "file"), "utf8"), winner);
  assert.ok(!readdirSync(folder).some((name) => name.startsWith("race-")));
});

test("a broken or hostile archive leaves nothing behind", async () => {
  const broken = join(folder, "broken.tar.br");
  writeFileSync(broken, "no brotli");
  await assert.rejects(unpackBrotli(join(folder, "none"), [broken]));
  const hostile = archive("hostile", { "../outside": "x" });
  await assert.rejects(unpackBrotli(join(folder, "none"), [hostile]), /points outside/);
  assert.ok(!existsSync(join(folder, "outside")));
  assert.ok(!readdirSync(folder).some((name) => name.startsWith("none")));
});
