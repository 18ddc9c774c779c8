import assert from "node:assert/strict";
import { test } from "node:test";
import { MockLanguageModelV4 } from "ai/test";
import { plainTasks } from "../../tasks/plain/index.ts";
import { JudgeFormatError } from "../advice.ts";
import type { CoderContext, JudgeContext } from "../attempt.ts";
import { llmCoder } from "../coders/llm-coder.ts";
import { accepted, fix, kernelThat, scripted, speedUp, timingOf } from "../fixture.ts";
import { llmJudge } from "../judges/llm-judge.ts";
import { coderPrompt, coderSystem } from "../prompts.ts";
import { runForge } from "../run-forge.ts";
import { endpointModel, modelFromEnvironment } from "./endpoint-model.ts";
import { sdkModel } from "./sdk-model.ts";
import { transcriptKey, transcriptServer } from "./transcript-server.ts";

const problem = {
  task: plainTasks[0]!,
  dims: [64],
  backend: "cpp",
  language: "cpp",
  hardware: "a machine",
} as const;
const seed: CoderContext = {
  ...problem,
  round: 0,
  mode: "seed",
  last: null,
  advice: null,
  attempts: [],
};
const attempt = {
  round: 0,
  mode: "seed",
  proposal: kernelThat("ok 2"),
  check: accepted,
  repeats: null,
  timing: timingOf(2),
  counters: { spills: 3 },
  advice: null,
  correct: true,
} as const;
const judged: JudgeContext = { ...problem, mode: "optimisation", last: attempt };

/** The SDK's own pretended model, saying these replies in turn. */
function mock(...replies: string[]) {
  let next = 0;
  const model = new MockLanguageModelV4({
    doGenerate: async () => ({
      content: [{ type: "text", text: replies[next++]! }],
      finishReason: { unified: "stop", raw: "stop" },
      usage: {
        inputTokens: { total: 20, noCache: 20, cacheRead: 0, cacheWrite: 0 },
        outputTokens: { total: 4, text: 4, reasoning: 0 },
      },
      warnings: [],
    }),
  });
  return { model: sdkModel({ id: "mock", model }), calls: model.doGenerateCalls };
}

test("a Coder that asks a model: settings, prompt, code, tokens", async () => {
  const { model, calls } = mock("Sure:\n```cpp\nint a;\n```");
  const proposal = await llmCoder(model, { flags: ["-O2"] }).propose(seed);
  assert.equal(proposal.source, "int a;\n");
  assert.deepEqual(proposal.flags, ["-O2"]);
  assert.deepEqual(proposal.usage, { inputTokens: 20, outputTokens: 4 });
  assert.equal(calls[0]!.temperature, 0.2);
  assert.equal(calls[0]!.maxOutputTokens, 16_384);
  assert.match(proposal.exchange!.prompt, /max\(x\[i\], 0\)/);
  assert.match(proposal.exchange!.prompt, /forge_kernel/);
});

test("prompts show the last candidate, its log and the advice, and nothing else of the past", () => {
  const wrong = {
    ...attempt,
    correct: false,
    check: { outcome: "rejected", log: "element 3: 1 for 2", verdict: null },
  } as const;
  const correcting = coderPrompt({
    ...seed,
    round: 1,
    mode: "correctness",
    last: wrong,
    advice: fix,
    attempts: [{ ...attempt, proposal: kernelThat("secret of the past") }, wrong],
  });
  assert.match(correcting, /element 3: 1 for 2/);
  assert.match(correcting, /make it right/);
  assert.match(correcting, /ok 2/);
  assert.doesNotMatch(correcting, /secret of the past/);
  const improving = coderPrompt({
    ...seed,
    round: 1,
    mode: "optimisation",
    last: attempt,
    advice: speedUp,
  });
  assert.match(improving, /write vectors/);
});

test("a Judge's broken form is repaired once, and then an error", async () => {
  const good = JSON.stringify(speedUp);
  const once = mock("Well, vectors!", good);
  const { advice, exchanges, usage } = await llmJudge(once.model).diagnose(judged);
  assert.deepEqual(advice, speedUp);
  assert.equal(exchanges!.length, 2);
  assert.match(exchanges![1]!.prompt, /no JSON object/);
  assert.match(exchanges![0]!.prompt, /"spills": 3/);
  assert.deepEqual(usage, { inputTokens: 40, outputTokens: 8 });
  const twice = mock("no", "no again");
  await assert.rejects(llmJudge(twice.model).diagnose(judged), (error) => {
    assert.ok(error instanceof JudgeFormatError);
    assert.equal(error.code, "ERR_JUDGE_FORMAT");
    assert.equal(error.reply, "no again");
    return true;
  });
});

test("through a server on the loopback address; what it has no transcript for fails loudly", async () => {
  const messages = [
    { role: "system", content: coderSystem },
    { role: "user", content: coderPrompt(seed) },
  ];
  const reply = "```cpp\nint replayed;\n```";
  const server = await transcriptServer({ [transcriptKey(messages)]: reply });
  try {
    const { baseUrl } = server;
    const model = endpointModel({ baseUrl, apiKey: "key-123", model: "some-model", maxRetries: 0 });
    const proposal = await llmCoder(model).propose(seed);
    assert.equal(proposal.source, "int replayed;\n");
    assert.deepEqual(proposal.usage, { inputTokens: 11, outputTokens: 7 });
    assert.equal(server.requests[0]!.authorization, "Bearer key-123");
    assert.equal(server.requests[0]!.body.model, "some-model");
    await assert.rejects(llmCoder(model).propose({ ...seed, dims: [65] }), {
      code: "ERR_MODEL_UNAVAILABLE",
      message: /no transcript for [0-9a-f]{16}/,
    });
    assert.equal(server.missed.length, 1);
  } finally {
    await server.close();
  }
});

test("a whole run with a model, then again from its history without one", async () => {
  const coder = mock("```cpp\n// ok 2\n```", "```cpp\n// ok 6\n```").model;
  const judge = mock(JSON.stringify(speedUp)).model;
  const { forge } = scripted(["", ""], { coder: llmCoder(coder), judge: llmJudge(judge) });
  const first = await runForge(forge);
  assert.equal(first.best!.timing!.speedup, 6);
  assert.equal(first.usage.inputTokens, 60);
  const silent = { id: "silent", complete: () => Promise.reject(new Error("asked")) };
  const again = scripted(["", ""], {
    coder: llmCoder(silent),
    judge: llmJudge(silent),
    history: { events: first.history, append: () => Promise.reject(new Error("written")) },
  });
  assert.deepEqual(await runForge(again.forge), first);
});

test("what is missing in the environment is named, and a key is never told", async () => {
  const missing = (env: Record<string, string>) => {
    try {
      modelFromEnvironment(env);
    } catch (error) {
      return error as Error & { code: string };
    }
    return assert.fail("nothing was thrown");
  };
  const error = missing({ FORGE_API_KEY: "very-secret", FORGE_MODEL: "m" });
  assert.equal(error.code, "ERR_MODEL_UNAVAILABLE");
  assert.match(error.message, /FORGE_BASE_URL/);
  assert.doesNotMatch(error.message, /very-secret|FORGE_MODEL/);
  const server = await transcriptServer({}, 401);
  try {
    const env = {
      FORGE_BASE_URL: server.baseUrl,
      FORGE_API_KEY: "very-secret",
      FORGE_MODEL: "m",
    };
    await assert.rejects(modelFromEnvironment(env).complete({ system: "", prompt: "x" }), (e) => {
      assert.equal((e as { code: string }).code, "ERR_MODEL_UNAVAILABLE");
      assert.doesNotMatch((e as Error).message, /very-secret/);
      return true;
    });
  } finally {
    await server.close();
  }
});
