import assert from "node:assert/strict";
import { test } from "node:test";
import { acceptedAnswers, tasks, verifyCandidate } from "@daily-kernel/forge";
import { backendById } from "@daily-kernel/forge/node";
import { ownResultOf, verdictsOf } from "@daily-kernel/reproduction/testing";
import { values } from "./agreement.ts";
import cells from "./cells.ts";
import { backEnds, kernel, kernelTasks } from "./kernels/index.ts";
import type { Column } from "./matrix.ts";
import room from "./run.ts";
import * as wrong from "./wrong.ts";

type Subject = typeof room.subject;

const computed = new Map<string, Float64Array>();
/** References that are computed once for all tests: the room asks for the same ones each time. */
const remembered: Subject["values"] = (task, inputs, dims) => {
  const known = computed.get(task.id) ?? values(task, inputs, dims);
  computed.set(task.id, known);
  return known;
};
/** What the other claims need of a test that is about one. */
const light: Partial<Subject> = {
  values: remembered,
  acceptedAnswers: (_task, { tolerances = [] } = {}) =>
    tolerances.map((tolerance) => ({ tolerance, zeros: false, constant: false, replay: false })),
  columns: async () => [],
};

test("quick: the suite is whole, agrees with PyTorch, and a loose judge takes constants", async () => {
  for (const seed of [3, 1_000_003]) {
    const verdicts = await verdictsOf(room, { seed, subject: { columns: async () => [] } });
    assert.equal(verdicts["all-tasks-listed"], "holds");
    assert.equal(verdicts["references-agree-with-torch"], "holds");
    assert.equal(verdicts["loose-tolerance-accepts-constants"], "holds");
    assert.equal(verdicts["one-suite-six-back-ends"], "not-measured");
    assert.equal(verdicts["best-model-cuda-pass"], "not-measured");
  }
});

const replaced: Record<string, [Partial<Subject>, keyof Awaited<ReturnType<typeof verdictsOf>>]> = {
  "a suite that lost a task": [{ suite: wrong.oneShort }, "all-tasks-listed"],
  "a suite with another size": [{ suite: wrong.oneResized }, "all-tasks-listed"],
  "a suite with a task too many": [{ suite: wrong.oneMore }, "all-tasks-listed"],
  "references in half precision": [{ values: wrong.halfPrecision }, "references-agree-with-torch"],
  "a judge that hears no tolerance": [
    { acceptedAnswers: wrong.alwaysLoose },
    "loose-tolerance-accepts-constants",
  ],
};
for (const [name, [subject, claim]] of Object.entries(replaced)) {
  test(`${name}: ${claim} fails`, async () => {
    const verdicts = await verdictsOf(room, { subject: { ...light, ...subject } });
    assert.equal(verdicts[claim], "fails");
  });
}

/** A judge that really looks at relu on WebAssembly and takes all else on trust. */
const judgingOne: typeof verifyCandidate = async (task, candidate, backend, options) => {
  if (task.id === "activation/relu" && backend.id === "wasm") {
    const few = { ...options, shapes: [[5, 13]], families: ["normal"] as const };
    return verifyCandidate(task, candidate, backend, few);
  }
  return { accepted: true, findings: [], worstError: 0, effectiveBits: 24, seed: 0, calls: 1 };
};
const columns: Column[] = backEnds.map((id) => ({ id, backend: backendById(id), hardware: "" }));
test("full: all cells accepted hold; one kernel that computes something else fails", async () => {
  const judgedBy = (those: readonly Column[]): Partial<Subject> => ({
    ...{ ...light, speeds: async () => new Map(), columns: async () => those },
    judge: (job) => cells(job, () => {}, judgingOne, those),
  });
  const claim = "one-suite-six-back-ends";
  const right = judgedBy(columns);
  assert.equal((await verdictsOf(room, { preset: "full", subject: right }))[claim], "holds");
  const broken = judgedBy(wrong.withoutRelu(columns, "wasm"));
  assert.equal((await verdictsOf(room, { preset: "full", subject: broken }))[claim], "fails");
});

test("there are twenty kernels of at least eight categories in each language", () => {
  assert.equal(kernelTasks.length, 20);
  assert.ok(new Set(kernelTasks.map((id) => tasks.get(id).category)).size >= 8);
  for (const id of kernelTasks) {
    for (const backEnd of backEnds) {
      assert.match(kernel(tasks.get(id), backEnd).source, /forge_kernel|fn main/);
    }
  }
});

test("the judge accepts the kernels in C++ and Fortran", async (t) => {
  for (const id of ["cpp", "fortran"] as const) {
    const backend = backendById(id);
    const probe = await backend.probe();
    if (!probe.available) {
      t.diagnostic(`skipped: ${id}: ${probe.reason}`);
      continue;
    }
    for (const name of kernelTasks.filter((_, i) => i % 4 === (id === "cpp" ? 1 : 2))) {
      const task = tasks.get(name);
      const options = { seed: 5, shapes: [task.shapes[1]!], families: [task.families[0]!] };
      const verdict = await verifyCandidate(task, kernel(task, id), backend, options);
      assert.ok(verdict.accepted, `${name} on ${id}: ${JSON.stringify(verdict.findings)}`);
    }
  }
});

test("a constant that suits all five draws counts, one that misses an element does not", () => {
  const [loose, tight] = acceptedAnswers(tasks.get("fusion/gemm_max_subtract_gelu"), { seeds: 5 });
  assert.ok(loose?.constant && tight?.constant && tight.zeros);
  assert.ok(!acceptedAnswers(tasks.get("activation/relu"), { seeds: 5 })[0]?.constant);
});

test("own input: what passes on a task at a tolerance, and the nearest names of an unknown one", async () => {
  const passing = async (task: string, tolerance: string) => {
    const { facts } = await ownResultOf(room, { task, tolerance });
    return facts.find(({ label }) => label === "one constant")?.value;
  };
  assert.equal(await passing("", "1e-2"), "passes");
  assert.equal(await passing("", "1e-5"), "is rejected");
  await assert.rejects(passing("activation/rel", "1e-2"), /did you mean activation\/relu/);
});
