import assert from "node:assert/strict";
import { test } from "node:test";
import { evolve, type Proposer, type ProposerContext } from "./evolve.ts";
import { kernelThat, scripted, speedUp } from "./fixture.ts";
import { memoryHistory } from "./history.ts";
import { type SoftVerifier, softVerify, staticVerifier } from "./soft-verify.ts";

/** Proposers that take the fates in turn, and what they were told. */
function proposing(fates: readonly string[]) {
  const told: ProposerContext[] = [];
  const proposers: Proposer[] = ["a", "b"].map((name) => ({
    name,
    async propose(context) {
      told.push({ ...context, siblings: [...context.siblings] });
      return { ...kernelThat(fates[context.round]!), rationale: name };
    },
  }));
  return { proposers, told };
}

test("generations: the fastest survive and are shown, siblings are told, proposers take turns", async () => {
  const { proposers, told } = proposing(["ok 1", "wrong", "ok 3", "ok 2", "ok 2", "ok 9"]);
  const { forge } = scripted([]);
  const { best, survivors, attempts, evaluations } = await evolve({
    ...forge,
    proposers,
    population: 2,
    generations: 2,
    samples: 3,
  });
  assert.equal(best!.timing!.speedup, 9);
  assert.deepEqual(
    survivors.map(({ timing }) => timing!.speedup),
    [9, 3],
  );
  assert.deepEqual(
    told.map(({ siblings }) => siblings.length),
    [0, 1, 2, 0, 1, 2],
  );
  assert.deepEqual(
    told[3]!.survivors.map(({ timing }) => timing!.speedup),
    [3, 1],
  );
  assert.equal(told[3]!.last!.round, 2);
  assert.deepEqual(
    attempts.map(({ proposal }) => proposal.rationale),
    ["a", "b", "a", "b", "a", "b"],
  );
  // The second "ok 2" was measured already.
  assert.equal(evaluations, 5);
});

test("a Judge sees the fastest; budgets end the search between proposals", async () => {
  const { proposers, told } = proposing(["ok 1", "ok 4", "ok 2", "ok 3"]);
  const { forge, calls } = scripted([]);
  const { stopped, attempts } = await evolve({
    ...forge,
    proposers,
    judge: forge.judge,
    samples: 2,
    budget: { evaluations: 3 },
  });
  assert.equal(stopped, "evaluations");
  assert.equal(attempts.length, 3);
  assert.deepEqual(told[2]!.advice, speedUp);
  assert.equal(calls.judge[0]!.last.timing!.speedup, 4);
});

const votes = (...pass: boolean[]): SoftVerifier[] =>
  pass.map((vote, i) => ({
    name: `voter ${i}`,
    check: async ({ source }) => ({ pass: vote || source.includes("ok"), reason: "so" }),
  }));

test("what soft verifiers hold back is not evaluated, and the score is the mean of votes", async () => {
  const { proposers } = proposing(["wrong", "ok 2"]);
  const { forge, calls } = scripted([]);
  const { held, attempts } = await evolve({
    ...forge,
    proposers,
    generations: 1,
    samples: 2,
    softVerifiers: votes(true, false, false),
  });
  assert.equal(held, 1);
  assert.equal(attempts.length, 1);
  assert.ok(!calls.log.includes("verify wrong"));
  const problem = {
    task: forge.task,
    dims: [1],
    backend: "cpp",
    language: "cpp",
    hardware: "x",
  } as const;
  const { score } = await softVerify(votes(true, true, false), { source: "?" }, problem);
  assert.equal(score, 2 / 3);
  await assert.rejects(softVerify([], { source: "?" }, problem), { code: "ERR_DOMAIN" });
  const clean = await softVerify([staticVerifier("cpp")], { source: "int a;" }, problem);
  assert.equal(clean.score, 1);
});

test("an evolution replays from its history without asking anybody", async () => {
  const fates = ["ok 1", "wrong", "ok 3", "ok 2"];
  const { forge } = scripted([]);
  const options = { ...forge, generations: 2, samples: 2, softVerifiers: votes(true) };
  const whole = await evolve({ ...options, proposers: proposing(fates).proposers });
  const silent = ["a", "b"].map((name) => ({
    name,
    propose: () => Promise.reject(new Error("asked")),
  }));
  const history = memoryHistory(whole.history);
  assert.deepEqual(await evolve({ ...options, proposers: silent, history }), whole);
});

test("bad sizes are refused", async () => {
  const { forge } = scripted([]);
  const { proposers } = proposing([]);
  await assert.rejects(evolve({ ...forge, proposers: [] }), TypeError);
  await assert.rejects(evolve({ ...forge, proposers, samples: 0 }), RangeError);
});
