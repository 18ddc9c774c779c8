import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix, Rng } from "@daily-kernel/compute";
import { arl, type Rule, rankAgreement, TracePool } from "@daily-kernel/forge";
import { fromJax, toJax } from "@daily-kernel/nn";
import { decide } from "@daily-kernel/reproduction";
import { verdictsOf } from "@daily-kernel/reproduction/testing";
import { defaultDevice, init } from "@jax-js/jax";
import { confirmed, cppHere, mixture, stored } from "./confirm.ts";
import { Decoder, weightsOf } from "./decoder.ts";
import { difference, miniature, type Scores, type SelectBy, selectBy } from "./miniature.ts";
import { networksHere } from "./networks.ts";
import { packTable, unpackTable } from "./pack-table.ts";
import paper from "./paper.ts";
import room from "./run.ts";
import { drawPool, measured } from "./search.ts";
import { drawTasks, numberOf, schedules } from "./space.ts";
import { packedTable } from "./table.ts";
import { PROMPT, parseSchedule, sequenceOf, vocabulary } from "./tokens.ts";
import { initialParameters, logits } from "./transformer.ts";
import * as wrong from "./wrong.ts";

const table = await unpackTable(packedTable);
const facts = { hardware: table.machine, verifier: table.verifier };
const criterion = (id: string) => paper.claims.find((claim) => claim.id === id)!.holdsIf;

for (const seed of [2, 77, 1_000_003]) {
  test(`seed ${seed}: what quick measures`, async () => {
    const verdicts = await verdictsOf(room, { seed });
    assert.equal(verdicts["curation-known-answers"], "holds");
    assert.equal(verdicts["shorter-is-right-within-task"], "holds");
    assert.notEqual(verdicts["length-and-speed-unrelated"], "not-measured");
    assert.equal(verdicts["trace-length-tracks-difficulty"], "fails");
    assert.equal(verdicts["kernelcoder-level-one"], "not-measured");
  });
}

test("wrong: the fastest under the name of the shortest and fastest", async () => {
  const verdicts = await verdictsOf(room, { subject: { curate: wrong.withoutBrevity } });
  assert.equal(verdicts["curation-known-answers"], "fails");
});

test("wrong: correctness read the wrong way round", async () => {
  const verdicts = await verdictsOf(room, { subject: { effect: wrong.wrongIsRight } });
  assert.equal(verdicts["shorter-is-right-within-task"], "fails");
});

test("wrong: lengths and speeds each sorted, the pairs lost", async () => {
  const verdicts = await verdictsOf(room, { subject: { correlation: wrong.sortedApart } });
  assert.equal(verdicts["length-and-speed-unrelated"], "fails");
});

test("wrong: lengths under the names of other tasks; true ones would pass where they track difficulty", () => {
  const rng = new Rng(3);
  const failures = new Map<string, number>();
  const pool = new TracePool();
  for (let t = 0; t < 100; t++) {
    const hard = rng.uniform();
    failures.set(`t${t}`, hard);
    for (let sampleIndex = 0; sampleIndex < 5; sampleIndex++) {
      const tokens = Math.ceil(100 * (0.5 * hard + rng.uniform()));
      const row = { taskId: `t${t}`, taskType: "x", sampleIndex, tokens, reasoning: "r" };
      pool.add({ ...row, source: "s", verdict: { accepted: false }, speedup: 0 });
    }
  }
  const verdict = (lengths: typeof arl) => {
    const { tau: value, n } = rankAgreement(lengths(pool), failures);
    const half = 1.96 * Math.sqrt((2 * (2 * n + 5)) / (9 * n * (n - 1)));
    const interval = [value - half, value + half] as const;
    return decide(criterion("trace-length-tracks-difficulty"), {
      kind: "exact",
      value,
      n,
      interval,
    });
  };
  assert.equal(verdict(arl), "holds");
  assert.equal(verdict(wrong.shiftedLengths), "fails");
});

test("wrong: rejected kernels under the name of concise ones make a worse network than the right ones", async () => {
  const samples = drawPool(measured(table, "training"), 5, facts, new Rng(8));
  const unseen = measured(table, "unseen");
  const scores = async (select: SelectBy, rules: readonly Rule[]) =>
    miniature(
      select,
      await networksHere(new AbortController().signal),
      samples,
      unseen,
      { rules: rules.map((rule) => [rule, 1]), steps: 40, seed: 8 },
      async () => {},
    );
  const [bad, random, fastest] = (await scores(wrong.wrongKernels, [
    "concise",
    "random",
    "fastest-per-task",
  ])) as [Scores, Scores, Scores];
  for (const [claim, other] of [
    ["concise-selection-beats-random", random],
    ["brevity-itself-helps", fastest],
  ] as const) {
    const measurement = { kind: "exact", ...difference(bad, other, new Rng(8)) } as const;
    assert.equal(decide(criterion(claim), measurement), "fails", claim);
  }
});

test("wrong: every kernel that ran taken for right; the stored verdicts stand", async (t) => {
  const cpp = await cppHere();
  if (typeof cpp === "string") return t.skip(cpp);
  const samples = drawPool(measured(table, "unseen"), 5, facts, new Rng(8));
  const chosen = mixture(samples, 1);
  const verdict = async (of: typeof stored) => {
    const options = { seed: 8, signal: new AbortController().signal };
    const value = await confirmed(chosen, of, cpp, options, async () => {});
    return decide(criterion("stored-verdicts-stand"), { kind: "exact", value, n: chosen.length });
  };
  assert.equal(await verdict(stored), "holds");
  assert.equal(await verdict(wrong.trusting), "fails");
});

test("every rule gets the same number of right samples, and the same for the same seed", () => {
  const samples = drawPool(measured(table, "training"), 5, facts, new Rng(4));
  const pool = new TracePool();
  for (const { trace } of samples) pool.add(trace);
  const right = new Set(
    samples
      .filter(({ trace }) => trace.verdict.accepted)
      .map(({ trace }) => `${trace.taskId}#${trace.sampleIndex}`),
  );
  for (const rule of ["random", "shortest", "longest", "fastest", "fastest-per-task"] as const) {
    const chosen = selectBy(pool, rule, 150, 1);
    assert.equal(chosen.length, 150);
    assert.ok(chosen.every((name) => right.has(name)));
    assert.deepEqual(selectBy(pool, rule, 150, 1), chosen);
  }
});

test("a table comes back as it was packed, times to 0.7 %", async () => {
  const again = await unpackTable(await packTable(table));
  assert.deepEqual(again, table);
  assert.equal(table.training.length, 800);
  assert.equal(table.unseen.length, 60);
  const seen = new Set(table.training.map((task) => JSON.stringify(task)));
  assert.ok(table.unseen.every((task) => !seen.has(JSON.stringify(task))));
  await assert.rejects(unpackTable(await packTable({ ...table, unseen: [] })), {
    code: "ERR_DATA",
  });
});

test("leftovers alone decide: a schedule that handles them is right on every task but for overflow", () => {
  for (const { task, correct } of [...measured(table, "training"), ...measured(table, "unseen")]) {
    for (const schedule of schedules) {
      const [order, , , rest] = schedule;
      if (rest === 0) continue;
      assert.equal(correct(schedule), !(task.kind === "softmax" && order === 2));
    }
  }
});

test("a sequence says what was searched and ends with what was found", () => {
  for (const { task, search, trace } of drawPool(measured(table, "unseen"), 2, facts, new Rng(6))) {
    const sequence = sequenceOf(task, search);
    assert.deepEqual(parseSchedule(sequence.slice(PROMPT)), search.found);
    assert.equal(sequence.length, PROMPT + trace.tokens + 1 + search.found.length + 1);
    assert.ok(search.steps.length >= 1 && search.steps.length <= 20);
  }
  assert.equal(parseSchedule([2, 3]), undefined);
  const equals = vocabulary.indexOf("=");
  assert.equal(parseSchedule([equals, vocabulary.indexOf("t8"), 0, 0, 0]), undefined);
  assert.equal(parseSchedule([equals, vocabulary.indexOf("o1")]), undefined);
});

test("the decoder with kept keys gives the logits of the whole network", async () => {
  await init("wasm");
  defaultDevice("wasm");
  const parameters = initialParameters(new Rng(1));
  const [B, L, V] = [3, 16, vocabulary.length];
  const rng = new Rng(2);
  const tokens = Array.from({ length: B }, () => Array.from({ length: L }, () => rng.integer(V)));
  const onehot = matrix(B * L, V);
  for (const [i, token] of tokens.flat().entries()) onehot.data[i * V + token] = 1;
  const own = Object.fromEntries(Object.entries(parameters).map(([k, v]) => [k, v.ref]));
  const whole = await fromJax(logits(own, toJax(onehot).reshape([B, L, V])));
  const decoder = new Decoder(await weightsOf(parameters), B);
  for (let t = 0; t < L; t++) {
    const { data } = decoder.next(tokens.map((row) => row[t]!));
    for (let i = 0; i < B; i++) {
      for (let k = 0; k < V; k++) {
        const gap = Math.abs(data[i * V + k]! - whole.data[(i * L + t) * V + k]!);
        assert.ok(gap < 1e-4, `sequence ${i}, position ${t}, token ${k}: ${gap}`);
      }
    }
  }
});

test("tasks are distinct and schedules numbered in their order", () => {
  const tasks = drawTasks(215, new Rng(1));
  assert.equal(new Set(tasks.map((task) => JSON.stringify(task))).size, 860);
  assert.deepEqual(
    schedules.map(numberOf),
    schedules.map((_, k) => k),
  );
});
