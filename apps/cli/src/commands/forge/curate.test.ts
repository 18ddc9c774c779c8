import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { after, before, test } from "node:test";
import { cli } from "../../cli.ts";

let folder = "";
before(() => {
  folder = mkdtempSync(join(tmpdir(), "daily-kernel-curate-"));
});
after(() => rmSync(folder, { recursive: true }));

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

async function curate(...argv: string[]) {
  const [out, err] = [sink(), sink()];
  const code = await cli(["forge", "curate", ...argv], { root: folder, out, err });
  return { code, out: out.text(), err: err.text() };
}

const row = (taskId: string, sampleIndex: number, tokens: number, speedup: number) => ({
  ...{ taskId, taskType: taskId.slice(0, 1), sampleIndex, tokens, speedup },
  ...{ reasoning: "r", source: `${taskId}${sampleIndex}`, verdict: { accepted: speedup > 0 } },
});
const rows = [row("a1", 0, 9, 3), row("a1", 1, 12, 2), row("a2", 0, 5, 2), row("b1", 0, 5, 0)];

function pool(name: string, lines: readonly unknown[]): string {
  const file = join(folder, name);
  const text = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line)));
  writeFileSync(file, `${text.join("\n")}\n`);
  return file;
}

test("curate writes what it selected and says why it dropped the rest", async () => {
  const out = join(folder, "selected.jsonl");
  const { code, out: said, err } = await curate(pool("a.jsonl", rows), "--out", out);
  assert.deepEqual([code, err], [0, ""]);
  assert.match(said, /4 {2}samples of 3 tasks, 2 of them solved/);
  assert.match(said, /1 {2}dropped: incorrect kernels/);
  assert.match(said, /2 {2}selected by concise/);
  assert.match(said, /1 {2}of these without a rival in their task \(50 %\)/);
  const selected = readFileSync(out, "utf8").trim().split("\n");
  assert.deepEqual(
    selected.map((line) => JSON.parse(line)),
    [rows[0], rows[2]],
  );
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.endsWith(".part")),
    [],
  );
});

test("--json prints one object; quotas by type and other rules", async () => {
  const file = pool("b.jsonl", rows);
  const report = async (...argv: string[]) =>
    JSON.parse((await curate(file, "--json", ...argv)).out);
  assert.deepEqual((await report("--per-type", "a=1,c=3")).byType, {
    a: { samples: 3, correct: 3, selected: 1 },
    b: { samples: 1, correct: 0, selected: 0 },
    c: { samples: 0, correct: 0, selected: 0 },
  });
  assert.equal((await report("--per-type", "1")).selected, 1);
  assert.equal((await report("--rule", "shortest", "--n", "2")).selected, 2);
  assert.equal((await report("--min-speedup", "2.5")).dropped.slow, 1);
});

test("a bad line ends it with its number, or is counted", async () => {
  const file = pool("c.jsonl", [rows[0], "", "{oops", rows[2]]);
  const out = join(folder, "none.jsonl");
  const { code, out: said, err } = await curate(file, "--json", "--out", out);
  assert.deepEqual([code, said], [2, ""]);
  assert.match(err, /c\.jsonl, line 3: not JSON/);
  assert.ok(!readdirSync(folder).includes("none.jsonl"));
  const kept = await curate(file, "--drop-invalid");
  assert.equal(kept.code, 0);
  assert.match(kept.out, /1 {2}dropped: no traces/);
  assert.match(kept.out, /line 3: not JSON/);
});

test("wrong usage exits with 2 and says what is wrong", async () => {
  const file = pool("d.jsonl", rows);
  const cases: [string[], RegExp][] = [
    [[join(folder, "missing.jsonl")], /no such file/],
    [[folder], /is no file/],
    [[file, "--rule", "best"], /best.*concise/s],
    [[file, "--rule", "random"], /needs n/],
    [[file, "--n", "3"], /no n/],
    [[file, "--per-type", "a=x"], /integer/],
    [[file, "--min-speedup", "-1"], /number from 0/],
    [[file, "--out", join(folder, "no", "where")], /no such file/],
  ];
  for (const [argv, message] of cases) {
    const { code, err } = await curate(...argv);
    assert.equal(code, 2, argv.join(" "));
    assert.match(err, message);
  }
});
