import assert from "node:assert/strict";
import { test } from "node:test";
import { CandidateCompileError, SessionEnded } from "../session/errors.ts";
import { scripted, timingOf } from "./fixture.ts";
import { memoryHistory, readHistory, writeEvent } from "./history.ts";
import { runForge } from "./run-forge.ts";

test("fails, repairs, optimises, regresses: exactly these calls, and the best is kept", async () => {
  const { forge, calls } = scripted(["broken", "wrong", "ok 2", "ok 5", "ok 3"]);
  const { best, attempts, stopped, evaluations } = await runForge(forge);
  assert.deepEqual(calls.log, [
    "coder 0 seed",
    "verify broken",
    "judge correctness of 0",
    "coder 1 correctness",
    "verify wrong",
    "judge correctness of 1",
    "coder 2 correctness",
    "verify ok 2",
    "time ok 2",
    "judge optimisation of 2",
    "coder 3 optimisation",
    "verify ok 5",
    "time ok 5",
    "judge optimisation of 3",
    "coder 4 optimisation",
    "verify ok 3",
    "time ok 3",
  ]);
  assert.equal(best!.round, 3);
  assert.equal(best!.timing!.speedup, 5);
  assert.deepEqual(
    attempts.map(({ correct }) => correct),
    [false, false, true, true, true],
  );
  assert.equal(stopped, "rounds");
  assert.equal(evaluations, 5);
});

test("the Coder goes on from the last candidate, not from the best, with its advice and log", async () => {
  const { forge, calls } = scripted(["ok 9", "ok 2", "wrong", "ok 3"]);
  await runForge(forge);
  assert.equal(calls.coder[2]!.last!.round, 1);
  assert.ok("bottleneck" in calls.coder[2]!.advice!);
  assert.equal(calls.coder[3]!.last!.check.log, "element 3");
  assert.ok("critical_issue" in calls.coder[3]!.advice!);
  assert.equal(calls.judge[1]!.last.counters!.nanoseconds, 500);
});

test("what the stopwatch refuses is not correct, however fast", async () => {
  const { forge, calls } = scripted(["ok 2", "trick 900", "ok 3"]);
  const { best } = await runForge(forge);
  assert.equal(best!.timing!.speedup, 3);
  assert.ok(calls.log.includes("judge correctness of 1"));
  assert.match(calls.judge[1]!.last.check.log, /implausible/);
});

test("a source that was seen is not evaluated again", async () => {
  const { forge, calls } = scripted(["ok 2", "ok 2", "wrong", "wrong"]);
  const { attempts, evaluations } = await runForge(forge);
  assert.equal(evaluations, 2);
  assert.deepEqual(
    attempts.map(({ repeats }) => repeats),
    [null, 0, null, 2],
  );
  assert.equal(attempts[1]!.timing!.speedup, 2);
  assert.ok(attempts[1]!.correct && !attempts[3]!.correct);
  assert.equal(calls.log.filter((line) => line.startsWith("verify")).length, 2);
});

test("only in the modes that are asked for", async () => {
  const correcting = scripted(["wrong", "ok 2", "ok 3"], { modes: ["correctness"] });
  await runForge(correcting.forge);
  assert.equal(correcting.calls.judge.length, 1);
  assert.equal(correcting.calls.coder[2]!.mode, "optimisation");
  assert.equal(correcting.calls.coder[2]!.advice, null);
  const optimising = scripted(["wrong", "ok 2", "ok 3"], { modes: ["optimisation"] });
  await runForge(optimising.forge);
  assert.equal(optimising.calls.coder[1]!.mode, "optimisation");
  assert.equal(optimising.calls.coder[1]!.advice, null);
  assert.deepEqual(
    optimising.calls.judge.map(({ mode }) => mode),
    ["optimisation"],
  );
});

test("budgets end a run before the next round", async () => {
  const fates = ["ok 1", "ok 2", "ok 3", "ok 4", "ok 5"];
  const stop = async (budget: object, price = (_: object) => 0) => {
    const { forge } = scripted(fates, { budget, price });
    const { stopped, attempts } = await runForge(forge);
    return [stopped, attempts.length];
  };
  assert.deepEqual(await stop({ evaluations: 2 }), ["evaluations", 2]);
  assert.deepEqual(await stop({ evaluations: 0 }), ["evaluations", 0]);
  // 110 tokens a proposal, 10 a diagnosis.
  assert.deepEqual(await stop({ tokens: 200 }), ["tokens", 2]);
  assert.deepEqual(await stop({ seconds: 0.011 }), ["seconds", 3]);
  assert.deepEqual(await stop({ cost: 3 }, () => 3), ["cost", 0]);
  assert.deepEqual(await stop({}), ["rounds", 5]);
  await assert.rejects(stop({ seconds: -1 }), { code: "ERR_DOMAIN" });
});

test("no rounds: nothing is called, nothing is found", async () => {
  const { forge, calls } = scripted([]);
  const { best, attempts } = await runForge(forge);
  assert.deepEqual([best, attempts, calls.log], [null, [], []]);
  await assert.rejects(runForge({ ...forge, rounds: -1 }), RangeError);
  await assert.rejects(runForge({ ...forge, coder: null as never }), TypeError);
});

test("a compiler that refuses and a process that dies are outcomes; our own faults are thrown", async () => {
  const log = `${"x\n".repeat(5000)}the last line`;
  const { forge, calls } = scripted(["one", "two", "ok 2"], {
    async verifier({ source }) {
      if (source.includes("one")) throw new CandidateCompileError("g++ failed", log);
      return { outcome: "accepted", log: "", verdict: null };
    },
    async timing({ source }) {
      if (source.includes("two"))
        throw new SessionEnded({ kind: "timeout", detail: "20 s", log: "" });
      return timingOf(2);
    },
  });
  const { attempts } = await runForge(forge);
  assert.deepEqual(
    attempts.map(({ check }) => check.outcome),
    ["compile-error", "crashed", "accepted"],
  );
  const told = calls.judge[0]!.last.check.log.split("\n");
  assert.equal(told.length, 150);
  assert.equal(told.at(-1), "the last line");
  const broken = scripted(["ok 1"], {
    async verifier() {
      throw new Error("the disk is full");
    },
  });
  await assert.rejects(runForge(broken.forge), /disk is full/);
});

test("a run that was killed at any event goes on to the same end, and a whole one replays", async () => {
  const fates = ["wrong", "ok 2", "ok 2", "ok 7", "broken", "ok 4"];
  const whole = await runForge(scripted(fates).forge);
  const text = whole.history.map((event) => `${writeEvent(event)}\n`).join("");
  for (let kept = 0; kept <= whole.history.length; kept++) {
    const lines = text
      .split("\n")
      .slice(0, kept)
      .map((line) => `${line}\n`);
    const torn = `${lines.join("")}{"kind":"propo`;
    const { forge, calls } = scripted(fates, { history: memoryHistory(readHistory(torn)) });
    const again = await runForge(forge);
    assert.deepEqual(
      again.attempts.map(({ proposal, check, timing }) => ({ proposal, check, timing })),
      whole.attempts.map(({ proposal, check, timing }) => ({ proposal, check, timing })),
    );
    assert.equal(again.best!.round, whole.best!.round);
    if (kept === whole.history.length) {
      assert.deepEqual(calls.log, []);
      assert.deepEqual(again, whole);
    }
  }
});

test("a history of another run is refused; a finished one may be given more rounds", async () => {
  const first = await runForge(scripted(["ok 1", "ok 2"]).forge);
  const strange = [...first.history];
  strange.splice(1, 1);
  const other = scripted(["ok 1", "ok 2"], { history: memoryHistory(strange) });
  await assert.rejects(runForge(other.forge), { code: "ERR_HISTORY_MISMATCH" });
  const more = scripted(["ok 1", "ok 2", "ok 3"], { history: memoryHistory(first.history) });
  const { best, attempts } = await runForge(more.forge);
  assert.equal(best!.timing!.speedup, 3);
  assert.equal(attempts.length, 3);
  assert.deepEqual(more.calls.log[0], "judge optimisation of 1");
});

test("aborting keeps what was done", async () => {
  const controller = new AbortController();
  const history = memoryHistory();
  const { forge } = scripted(["ok 1", "ok 2", "ok 3"], {
    history,
    signal: controller.signal,
    onRound: ({ round }) => round === 1 && controller.abort(new Error("enough")),
  });
  await assert.rejects(runForge(forge), /enough/);
  assert.equal(history.events.filter(({ kind }) => kind === "timing").length, 2);
});
