import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { commitOf, sourcesOf } from "./provenance.ts";

let root = "";
const write = (file: string, text: string) => {
  const path = join(root, file);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
};
const hash = (at = root) => sourcesOf(at, "a").sources;

before(() => {
  root = mkdtempSync(join(tmpdir(), "daily-kernel-sources-"));
  const manifest = (name: string, dependencies: object) =>
    write(
      `packages/${name}/package.json`,
      JSON.stringify({ name: `@x/${name}`, version: "1.2.3", dependencies }),
    );
  manifest("low", {});
  manifest("high", { "@x/low": "*" });
  manifest("other", {});
  for (const name of ["low", "high", "other"]) write(`packages/${name}/src/index.ts`, "export {};");
  write("papers/a/paper.ts", "export default 1;");
  write("papers/a/run.ts", 'import "x"; import { y } from "@x/high";');
  write("papers/a/peers/peer.json", "1");
});
after(() => rmSync(root, { recursive: true }));

test("a room reaches the packages that it imports, and what they depend on", () => {
  assert.deepEqual(sourcesOf(root, "a").packages, { "@x/high": "1.2.3", "@x/low": "1.2.3" });
});

test("the hash changes with every source that the room reaches, and with nothing else", () => {
  const first = hash();
  const elsewhere = [
    "packages/other/src/index.ts",
    "packages/low/src/index.test.ts",
    "packages/low/src/kernels.generated.ts",
    "packages/low/README.md",
    "papers/a/records/quick.json",
  ];
  for (const file of elsewhere) write(file, "// new");
  assert.equal(hash(), first);
  let before = first;
  const reached = [
    "papers/a/run.test-data.json",
    "papers/a/peers/peer.json",
    "packages/high/src/deep/er.ts",
    "packages/low/src/index.ts",
    "packages/low/assembly/index.ts",
  ];
  for (const file of reached) {
    write(file, "// new");
    assert.notEqual(hash(), before, file);
    before = hash();
  }
});

test("the same sources have the same hash wherever they lie", () => {
  const copy = mkdtempSync(join(tmpdir(), "daily-kernel-copy-"));
  cpSync(root, copy, { recursive: true });
  assert.equal(hash(copy), hash());
  assert.equal(hash(`${copy}/`), hash());
  rmSync(copy, { recursive: true });
});

test("a record does not make the work tree dirty, a source does; without a repository nothing is known", () => {
  const folder = mkdtempSync(join(tmpdir(), "daily-kernel-commit-"));
  assert.deepEqual(commitOf(folder), { commit: null, dirty: false });
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@example.org", ...args], {
      cwd: folder,
      stdio: "ignore",
    });
  cpSync(root, folder, { recursive: true });
  rmSync(join(folder, "papers/a/records"), { recursive: true });
  git("init");
  git("add", ".");
  git("commit", "-m", "first");
  mkdirSync(join(folder, "papers/a/records"));
  writeFileSync(join(folder, "papers/a/records/quick.json"), "{}");
  assert.match(commitOf(folder).commit ?? "", /^[0-9a-f]{40}$/);
  assert.equal(commitOf(folder).dirty, false);
  writeFileSync(join(folder, "papers/a/run.ts"), "// changed");
  assert.equal(commitOf(folder).dirty, true);
  rmSync(folder, { recursive: true });
});
