import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { parseRecord } from "@daily-kernel/reproduction";
import { cli } from "./cli.ts";

let root = "";
before(() => {
  root = mkdtempSync(join(tmpdir(), "daily-kernel-cli-"));
  cpSync(fileURLToPath(new URL("../fixture", import.meta.url)), root, { recursive: true });
});
after(() => rmSync(root, { recursive: true }));

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

async function run(...argv: string[]) {
  const [out, err] = [sink(), sink()];
  const code = await cli(argv, { root, out, err });
  return { code, out: out.text(), err: err.text() };
}

test("list shows papers by day, the latest first, and which of them run", async () => {
  const { code, out } = await run("list");
  assert.equal(code, 0);
  const lines = out.trim().split("\n");
  assert.match(lines[0]!, /2024-02-02 {2}idle {3}not built {2}On Idling/);
  assert.match(lines[1]!, /2024-01-01 {2}means {2}runs {7}On Means/);
});

test("show finds a paper by slug or arXiv identifier", async () => {
  for (const name of ["means", "2401.00001"]) {
    const { code, out } = await run("show", name);
    assert.equal(code, 0);
    assert.match(out, /On Means\nA\. Author · arXiv 2401\.00001/);
    assert.match(out, /holds if {2}distance of the mean from one half ≤ 0\.05/);
  }
});

test("run --json prints one valid record, the same for the same seed", async () => {
  const first = await run("run", "means", "--json", "--seed", "7", "--threads", "1");
  assert.equal(first.code, 0);
  assert.equal(first.err, "");
  const record = parseRecord(JSON.parse(first.out));
  assert.deepEqual(
    record.claims.map((c) => [c.id, c.verdict]),
    [
      ["mean", "holds"],
      ["tiny", "fails"],
    ],
  );
  const second = parseRecord(JSON.parse((await run("run", "means", "--json", "--seed", "7")).out));
  assert.deepEqual(second.claims, record.claims);
  const other = parseRecord(JSON.parse((await run("run", "means", "--json", "--seed", "8")).out));
  assert.notDeepEqual(other.claims, record.claims);
});

test("run for people shows verdicts in words", async () => {
  const { code, out } = await run("run", "means");
  assert.equal(code, 0);
  assert.match(out, /✓ holds: The mean of uniform draws is close to one half\./);
  assert.match(out, /1 holds, 1 fails \(quick, seed 1/);
});

test("--out writes a report with its plot, --record a record that the ledger then shows", async () => {
  const folder = join(root, "out");
  const { code, err } = await run("run", "means", "--out", folder, "--record");
  assert.equal(code, 0);
  assert.match(err, /recorded in papers\/means\/records\/quick-wasm-/);
  assert.deepEqual(readdirSync(folder).sort(), ["means.svg", "record.json", "report.html"]);
  assert.match(readFileSync(join(folder, "report.html"), "utf8"), /<svg/);

  const ledger = JSON.parse((await run("ledger", "--json")).out);
  const row = ledger.papers.find((p: { slug: string }) => p.slug === "means");
  assert.equal(row.built, true);
  assert.equal(row.claims[0].verdict, "holds");
  assert.match(row.claims[0].recordedAt, /^\d{4}-/);
  assert.equal(row.claims[0].stale, false);
  assert.match((await run("ledger")).out, /2 papers, 4 claims: 1 holds, 1 fails, 2 not measured/);

  const record = join(folder, "record.json");
  const compared = await run("compare", record, record);
  assert.equal(compared.code, 0);
  assert.match(compared.out, /mean\n {2}A {2}holds: .*\n {2}B {2}holds: /);
});

test("wrong usage is one line that says what to do, and exit code 2", async () => {
  const cases: [string[], RegExp][] = [
    [["run", "mean"], /there is no paper "mean"; did you mean means\?/],
    [["run", "zzz"], /there is no paper "zzz"; "daily-kernel list" shows all 2/],
    [["run", "idle"], /idle is not built yet/],
    [["run", "means", "--preset", "slow"], /Allowed choices are quick, full/],
    [["run", "means", "--seed", "-1"], /integer from 0/],
    [["run", "means", "--seed", "1.5"], /integer from 0/],
    [["run", "means", "--threads", "0"], /integer from 1 to 256/],
    [["run", "means", "--device", "cuda"], /Allowed choices are wasm, webgpu/],
    [["run"], /missing required argument 'slug'/],
    [["jump"], /unknown command 'jump'/],
    [["compare", "no.json", "no.json"], /no\.json is not a run's record/],
    [["data", "get", "imagenet"], /there is no data set "imagenet"; there are .*mnist/],
  ];
  for (const [argv, message] of cases) {
    const { code, out, err } = await run(...argv);
    assert.equal(code, 2, argv.join(" "));
    assert.equal(out, "");
    assert.match(err, message);
  }
});

test("--help is help, not an error", async () => {
  for (const argv of [["--help"], ["run", "--help"], ["data", "--help"]]) {
    const { code, out } = await run(...argv);
    assert.equal(code, 0);
    assert.match(out, /Usage: daily-kernel/);
  }
});

test("a reader who leaves early is no error", async () => {
  const main = fileURLToPath(new URL("./main.ts", import.meta.url));
  const child = spawn(process.execPath, [main, "--help"], { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  let err = "";
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  const exit = await new Promise((resolve) => child.on("close", resolve));
  assert.deepEqual([exit, err], [0, ""]);
});

test("Ctrl-C cancels a run, and no record or report is left behind", async () => {
  const main = new URL("./cli.ts", import.meta.url).href;
  const folder = join(root, "cancelled");
  const argv = ["run", "means", "--preset", "full", "--record", "--out", folder];
  const code = `const { cli } = await import(${JSON.stringify(main)});
    const err = Object.assign(process.stderr, { isTTY: true });
    process.exitCode = await cli(${JSON.stringify(argv)}, { root: ${JSON.stringify(root)}, err });`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code]);
  let err = "";
  child.stderr.on("data", (chunk) => {
    if (!err.includes("waiting") && String(chunk).includes("waiting")) child.kill("SIGINT");
    err += chunk;
  });
  const exit = await new Promise((resolve) => child.on("exit", resolve));
  assert.equal(exit, 130, err);
  assert.match(err, /cancelled; nothing was written/);
  assert.equal(existsSync(folder), false);
  const records = join(root, "papers/means/records");
  const full = existsSync(records) ? readdirSync(records).filter((f) => f.startsWith("full")) : [];
  assert.deepEqual(full, []);
});
