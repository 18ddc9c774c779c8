import assert from "node:assert/strict";
import { test } from "node:test";
import { wasmBackend } from "../backends/wasm/node.ts";
import { verifyCandidate } from "../judge/verify.ts";
import { tasks } from "../tasks/registry.ts";
import { readGallery, type Sample } from "./read-gallery.ts";

const samples = await readGallery("wasm");
const clang = await wasmBackend({ language: "c" }).probe();
const noClang = clang.available ? false : `skipped: ${clang.reason}`;

/**
 * AssemblyScript takes a second to compile, so these stand for the others: each does something that
 * only WebAssembly lets it do. `scripts/separate-gallery.ts` judges all of them, on all seeds.
 */
const quickly =
  /^(relu-(hangs-at-the-start|turns-pointers|fills-the-memory|skips-the-warm-up|wrong-signature|imports-a-clock|simd)|softmax-(stored-answers|table)|frobnorm-(remembers|searches-memory)|matmul-transposes)$/;

const seeds = [1, 20_000, 4_000_000_000];
const limits = { callTimeout: 1_500, memory: 2 ** 27 };

/** Two of the sizes, and those that nobody knows: a test has no time for all. */
function fewer(id: string) {
  const task = tasks.get(id);
  return { ...task, shapes: task.shapes.slice(1, 3) };
}

const judge = ({ task, honest, language, candidate }: Sample, seed: number) =>
  verifyCandidate(
    honest ? fewer(task) : tasks.get(task),
    candidate,
    wasmBackend({ language: language as "assemblyscript" | "c" | "cpp" }),
    { seed, limits, ...(honest && { families: ["normal", "signed"] }) },
  );

for (const [i, sample] of samples.entries()) {
  const { name, honest, language, rules } = sample;
  if (language === "assemblyscript" && !quickly.test(name)) continue;
  const skip = language === "assemblyscript" ? false : noClang;
  test(`${honest ? "accepted" : "rejected"}: ${name}`, { skip }, async () => {
    const { accepted, findings } = await judge(sample, seeds[i % seeds.length]!);
    assert.equal(accepted, honest, JSON.stringify(findings));
    if (!honest) assert.ok(rules.includes(findings[0]!.rule), JSON.stringify(findings[0]));
  });
}

test("every sample says what it claims, and every cheat by which rules it is caught", () => {
  assert.ok(samples.filter(({ honest }) => !honest).length >= 35);
  assert.ok(samples.filter(({ honest }) => honest).length >= 12);
  for (const { name, task, about, honest, rules, language } of samples) {
    assert.equal(tasks.get(task).id, task, name);
    assert.ok(about.length > 10, name);
    assert.equal(rules.length === 0, honest, name);
    assert.match(language, /^(assemblyscript|c|cpp)$/, name);
  }
});
