import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { cpp } from "../backends/cpp.ts";
import { forgeReportHtml } from "../report/report-html.ts";
import { runReport } from "../report/run-report.ts";
import { plainTasks } from "../tasks/plain/index.ts";
import { fileHistory } from "./file-history.ts";
import { improve } from "./improve.ts";

const folder = mkdtempSync(join(tmpdir(), "forge-history-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

test("a history on the disk survives a kill in the middle of a line", async () => {
  const file = join(folder, "torn.jsonl");
  const event = {
    kind: "start",
    round: 0,
    seconds: 1,
    value: { speed: Infinity, text: "é" },
  } as const;
  await fileHistory(file).append(event);
  appendFileSync(file, '{"kind":"proposal","round":0,"val');
  const again = fileHistory(file);
  assert.deepEqual(again.events, [event]);
  await again.append({ ...event, round: 1 });
  assert.deepEqual(
    fileHistory(file).events.map(({ round }) => round),
    [0, 1],
  );
  assert.equal(readFileSync(file, "utf8").split("\n").length, 3);
});

const backend = cpp();
const probe = await backend.probe();
const skip = probe.available ? false : `${probe.reason}`;

test("a search on this machine: verified, timed, counted, resumed, reported", {
  skip,
}, async () => {
  const task = plainTasks.find(({ id }) => id === "relu")!;
  const file = join(folder, "run.jsonl");
  const run = (evaluations: number) =>
    improve({ task, dims: [4096], backend, evaluations, seed: 3, history: fileHistory(file) });
  const first = await run(1);
  assert.equal(first.evaluations, 1);
  const result = await run(2);
  assert.deepEqual(result.attempts[0]!.timing, first.attempts[0]!.timing);
  assert.equal(result.evaluations, 2);
  for (const { correct, counters, check } of result.attempts) {
    assert.ok(correct, check.log);
    assert.ok(counters!.codeBytes! > 0 && counters!.roofShare! > 0);
    assert.equal(check.verdict!.accepted, true);
  }
  assert.ok(result.final!.speedup > 0 && result.bound.by === "memory");
  const report = runReport({ task, dims: [4096], backend: "cpp", result, roofs: result.roofs });
  assert.deepEqual(
    report.figures.map(({ id }) => id),
    ["speed", "roofline"],
  );
  assert.equal(report.lineage.at(-1)!.round, result.best!.round);
  const page = forgeReportHtml({ ...report, title: "<b>" }, ({ id }) => `<svg id="${id}"></svg>`);
  assert.match(page, /<svg id="roofline">/);
  assert.ok(page.includes("&lt;b&gt;") && !page.includes("<h1><b>"));
});

test("a task without templates needs a coder and a baseline", async () => {
  const task = { ...plainTasks[0]!, id: "strange" };
  await assert.rejects(improve({ task, dims: [8], backend }), { code: "ERR_NO_TEMPLATE" });
});
