import assert from "node:assert/strict";
import { test } from "node:test";
import { countTokens } from "./count-tokens.ts";
import { exportSft } from "./export-sft.ts";
import { trace } from "./fixture.ts";
import { gptTokenizer } from "./gpt-tokenizer.ts";
import { overlap } from "./overlap.ts";

const sentence = "Compute the softmax of each row of a matrix with a stable shift by its maximum";

test("overlap finds a run of 13 words whatever its case and spacing, and none of 12", () => {
  const words = sentence.split(" ");
  const evalTasks = [{ id: "softmax", text: sentence }];
  const run = (n: number) => `Please ${words.slice(0, n).join("\n ").toUpperCase()} kindly`;
  const found = overlap([{ id: "p", text: run(13) }], evalTasks);
  assert.equal(found.contaminated.length, 1);
  assert.equal(found.contaminated[0]!.evalTask, "softmax");
  assert.equal(found.contaminated[0]!.share, 1 / 3);
  assert.deepEqual(overlap([{ id: "p", text: run(12) }], evalTasks).contaminated, []);
  assert.equal(
    overlap([{ id: "p", text: run(12) }], evalTasks, { ngram: 12 }).contaminated.length,
    1,
  );
});

test("a text shorter than the run counts as a whole; an empty one never", () => {
  const tasks = [{ id: "a", text: "x = relu(y)" }];
  assert.equal(overlap(tasks, [{ id: "b", text: "X  =  relu( y )" }]).contaminated.length, 1);
  assert.equal(overlap(tasks, [{ id: "b", text: "x = relu(z)" }]).contaminated.length, 0);
  assert.equal(overlap([{ id: "a", text: "" }], [{ id: "b", text: "" }]).contaminated.length, 0);
  assert.throws(() => overlap(tasks, tasks, { ngram: 0 }), { code: "ERR_DOMAIN" });
  assert.throws(() => overlap([{ id: "a" } as never], tasks), { code: "ERR_TYPE" });
});

const tasks = [
  { id: "a", text: "Write a kernel for a." },
  { id: "b", text: sentence },
  { id: "c", text: "Write a kernel for c." },
];
const selected = [
  trace({ taskId: "a", verifier: "judge 1", tokenizer: "t" }),
  trace({ taskId: "b", verifier: "judge 1", tokenizer: "t" }),
  trace({ taskId: "c", verifier: "judge 0", tokenizer: "t" }),
];

test("what is exported was decontaminated first and verified again", async () => {
  const asked: string[] = [];
  const { lines, report } = await exportSft(selected, {
    format: "chatml",
    tasks,
    evalTasks: [{ id: "bench", text: `${sentence}.` }],
    reverify: async ({ taskId }) => {
      asked.push(taskId);
      return { accepted: taskId !== "c", verifier: "judge 2" };
    },
  });
  assert.deepEqual(asked, ["a", "c"]); // what is contaminated is not even verified
  assert.deepEqual(
    lines.map((line) => JSON.parse(line)),
    [
      {
        messages: [
          { role: "user", content: "Write a kernel for a." },
          { role: "assistant", reasoning_content: "Tile it.", content: selected[0]!.source },
        ],
      },
    ],
  );
  assert.equal(report.contaminated, 1);
  assert.equal(report.overlap.contaminated[0]!.poolTask, "b");
  assert.deepEqual(report.rejected, [{ taskId: "c", sampleIndex: 0 }]);
  assert.deepEqual(report.verifiers, { pool: ["judge 0", "judge 1"], reverified: ["judge 2"] });
  assert.equal(report.tokenizer, "t");
});

test("sharegpt has its own form; a task without text, another format and an abort are errors", async () => {
  const reverify = async () => ({ accepted: true, verifier: "j" });
  const common = { tasks, evalTasks: [], reverify };
  const { lines } = await exportSft(selected.slice(0, 1), { ...common, format: "sharegpt" });
  assert.deepEqual(JSON.parse(lines[0]!), {
    conversations: [
      { from: "human", value: "Write a kernel for a." },
      { from: "gpt", reasoning: "Tile it.", value: selected[0]!.source },
    ],
  });
  await assert.rejects(exportSft(selected, { ...common, tasks: [], format: "chatml" }), {
    code: "ERR_UNKNOWN_TASK",
  });
  await assert.rejects(exportSft(selected, { ...common, format: "alpaca" as never }), /got alpaca/);
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(exportSft(selected, { ...common, format: "chatml", signal }), /enough/);
});

test("tokens are counted by whatever counts them, and that is told", async () => {
  const letters = {
    name: "letters",
    encode: (text: string) => [...text].map((c) => c.charCodeAt(0)),
  };
  assert.deepEqual(countTokens("abc", letters), { tokens: 3, tokenizer: "letters" });
  const gpt = await gptTokenizer("cl100k_base");
  assert.deepEqual(countTokens("hello world", gpt), { tokens: 2, tokenizer: "cl100k_base" });
  assert.equal((await gptTokenizer()).name, "o200k_base");
  assert.throws(() => countTokens("a", { name: "", encode: () => [] }), { code: "ERR_TYPE" });
  assert.throws(() => countTokens(1 as never, letters), { code: "ERR_TYPE" });
  assert.throws(() => countTokens("a", { name: "x", encode: () => undefined as never }), {
    code: "ERR_DOMAIN",
  });
});
