import assert from "node:assert/strict";
import { test } from "node:test";
import { acceptedAnswers, staticCheck, tasks } from "@daily-kernel/forge";
import { readGallery } from "@daily-kernel/forge/node";
import { ownResultOf, verdictsOf } from "@daily-kernel/reproduction/testing";
import { toolchain } from "./gallery.ts";
import room from "./run.ts";
import * as wrong from "./wrong.ts";

type Subject = typeof room.subject;

/** What the other claims need of a test that is about one. */
const light: Partial<Subject> = {
  suspects: () => [tasks.get("relu")],
  acceptedAnswers: () => [],
};
const missing: Partial<Subject> = { toolchain: async () => ({ missing: "a test without it" }) };

const tools = await toolchain(false);
const compilers = "samples" in tools ? {} : { skip: `skipped: ${tools.missing}` };

/** A few kernels of each kind, twice over each claim's least number by repetition. */
const few: Partial<Subject> = {
  ...light,
  toolchain: async (full) => {
    const all = await toolchain(full);
    if ("missing" in all) return all;
    const names = /^(relu-(stale|copy|plain)|softmax-constant|frobnorm-keeps-plausible)$/;
    const some = all.samples.filter(({ name }) => names.test(name));
    const cheats = some.filter(({ honest }) => !honest);
    const honest = some.filter((sample) => sample.honest);
    const repeat = <T>(list: T[], n: number) => Array.from({ length: n }, () => list).flat();
    return { ...all, samples: [...repeat(cheats, 5), ...repeat(honest, 8)] };
  },
};

test("without compilers: what needs them is not measured, constants still are", async () => {
  const verdicts = await verdictsOf(room, { subject: missing });
  assert.equal(verdicts["tasks-solved-by-a-constant"], "holds");
  assert.equal(verdicts["strict-judge-rejects-cheats"], "not-measured");
  assert.equal(verdicts["search-speeds-up-matmul"], "not-measured");
});

test("a filter at a tight tolerance: tasks-solved-by-a-constant fails", async () => {
  const subject = { ...missing, acceptedAnswers: wrong.tight };
  const verdicts = await verdictsOf(room, { subject });
  assert.equal(verdicts["tasks-solved-by-a-constant"], "fails");
});

test("tasks that vary: tasks-solved-by-a-constant fails", async () => {
  const subject = { ...missing, suspects: wrong.wholesome, acceptedAnswers };
  const verdicts = await verdictsOf(room, { subject });
  assert.equal(verdicts["tasks-solved-by-a-constant"], "fails");
});

test("a few kernels: the judges differ as claimed", compilers, async () => {
  const verdicts = await verdictsOf(room, { seed: 77, subject: few });
  assert.equal(verdicts["weak-judge-accepts-cheats"], "holds");
  assert.equal(verdicts["strict-judge-rejects-cheats"], "holds");
  assert.equal(verdicts["strict-judge-accepts-honest"], "holds");
});

test("a gullible judge: strict-judge-rejects-cheats fails", compilers, async () => {
  const verdicts = await verdictsOf(room, { subject: { ...few, strict: wrong.gullible } });
  assert.equal(verdicts["strict-judge-rejects-cheats"], "fails");
});

test("a pedantic judge: strict-judge-accepts-honest fails", compilers, async () => {
  const softmax: Partial<Subject> = {
    ...few,
    toolchain: async (full) => {
      const all = await toolchain(full);
      if ("missing" in all) return all;
      const samples = all.samples.filter(({ name }) => name === "softmax-plain");
      const cheat = all.samples.filter(({ name }) => name === "relu-stale");
      const honest = Array.from({ length: 8 }, () => samples).flat();
      return { ...all, samples: [...cheat, ...honest] };
    },
  };
  const verdicts = await verdictsOf(room, { subject: { ...softmax, strict: wrong.pedantic } });
  assert.equal(verdicts["strict-judge-accepts-honest"], "fails");
});

test("a vigilant judge: weak-judge-accepts-cheats fails", compilers, async () => {
  const verdicts = await verdictsOf(room, { subject: { ...few, weak: wrong.vigilant } });
  assert.equal(verdicts["weak-judge-accepts-cheats"], "fails");
});

test("a search that finds nothing: both claims of search fail", compilers, async () => {
  const none: Partial<Subject> = {
    ...few,
    weak: async () => "accepted",
    strict: wrong.asleep,
    speedup: wrong.idle,
  };
  const verdicts = await verdictsOf(room, { preset: "full", subject: none });
  assert.equal(verdicts["search-speeds-up-matmul"], "fails");
  assert.equal(verdicts["search-speeds-up-softmax"], "fails");
});

test("the gallery has enough of everything, and its heads are complete", async () => {
  for (const backend of ["cpp", "wgsl"] as const) {
    const samples = await readGallery(backend);
    assert.ok(samples.filter(({ honest }) => !honest).length >= 21);
    assert.ok(samples.filter(({ honest }) => honest).length >= 12);
    for (const { name, task, about, candidate } of samples) {
      assert.match(task, /^(relu|softmax|matmul|rowmean|frobnorm)$/, name);
      assert.ok(about.length > 10, name);
      assert.ok(candidate.source.length > 100, name);
    }
    const texts = samples.filter(({ honest }) => honest);
    for (const { name, candidate } of texts)
      assert.deepEqual(staticCheck(candidate.source, backend), [], name);
  }
});

test("own input: the text of a kernel that reads a clock", async () => {
  const { facts } = await ownResultOf(room, { source: "", language: "cpp" });
  assert.equal(facts[0]?.label, "clock-read");
});
