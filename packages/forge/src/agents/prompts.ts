import type { Language } from "../session/backend.ts";
import { type CoderContext, describeFindings, type JudgeContext, type Problem } from "./attempt.ts";

type Languages = Readonly<Partial<Record<Language, string>>>;

/** What a source of each language must look like to be called. */
const contracts: Languages = {
  cpp: `C++17, one translation unit, exporting
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims)
which returns 0. \`in\` and \`out\` hold pointers to dense row-major arrays. Inputs are read-only.`,
  fortran: `Fortran 2008 with an integer(c_int) function bind(c, name="forge_kernel") of three c_ptr arguments
(an array of input pointers, an array of output pointers, the int64 dims) that returns 0.`,
  wgsl: `WGSL with the entry point main. Inputs are var<storage, read> at @group(0) @binding(0..), outputs
var<storage, read_write> from the next binding on, and the dims a var<uniform> vec4<u32> after the last output.`,
  opencl: `OpenCL C with kernel void forge_kernel(global const T* in0, ..., global T* out0, ..., long d0, ...).`,
  assemblyscript: `AssemblyScript exporting forge_kernel(inputs: usize, outputs: usize, dims: usize): i32, where
the first two point to arrays of 32-bit pointers and the third to 64-bit integers.`,
  python: `Python with a function forge_kernel(inputs, outputs, dims) on NumPy arrays that fills outputs.`,
};

/** The task as a model is told it. */
export function describeProblem({ task, dims, backend, language, hardware }: Problem): string {
  const named = task.dimNames.map((name, i) => `${name} = ${dims[i]}`).join(", ");
  const spec = ({ name, dtype, shape }: ReturnType<typeof task.inputs>[number]) =>
    `${name}: ${dtype}[${shape.join(", ")}]`;
  return [
    `Task ${task.id}: ${task.title}`,
    `Sizes here: ${named}; the kernel must be right for any sizes, ones and primes included.`,
    `dims holds [${task.dimNames.join(", ")}].`,
    `Inputs: ${task.inputs(dims).map(spec).join("; ")}`,
    `Outputs: ${task.outputs(dims).map(spec).join("; ")}`,
    `Machine: ${hardware}; back end ${backend}.`,
    `Form: ${contracts[language] ?? language}`,
    "It is checked element by element against a float64 reference with float32 error bounds, on sizes and numbers that are kept secret. Libraries are not allowed.",
  ].join("\n");
}

export const coderSystem =
  "You write fast and correct compute kernels. You answer with one fenced code block that holds the whole source, and nothing else.";

/** What a Coder is asked in each mode; only the last candidate is shown. */
export function coderPrompt(context: CoderContext): string {
  const { language, last, mode, advice } = context;
  const problem = describeProblem(context);
  const fenced = last ? `\`\`\`${language}\n${last.proposal.source.trim()}\n\`\`\`` : "";
  if (last === null || mode === "seed")
    return `${problem}\n\nWrite the first version: correct before fast, but no slower than need be.`;
  const said = advice ? `\nAdvice:\n${JSON.stringify(advice, null, 2)}\n` : "";
  if (mode === "correctness")
    return `${problem}\n\nThis version is not right:\n${fenced}\n\nWhat happened (${last.check.outcome}):\n${last.check.log}\n${said}\nGive the whole corrected source. Change only what the fault needs.`;
  return `${problem}\n\nThe present version:\n${fenced}\n${said}\nGive the whole improved source. Follow the advice, and keep it right for all sizes.`;
}

export const judgeSystem =
  "You review compute kernels. You answer with one JSON object of exactly the fields asked for, within their word limits, and nothing else.";

/** What a Judge is asked: why it is wrong, or the one thing that holds it back. */
export function judgePrompt(context: JudgeContext): string {
  const { last, mode, language } = context;
  const problem = describeProblem(context);
  const fenced = `\`\`\`${language}\n${last.proposal.source.trim()}\n\`\`\``;
  if (mode === "correctness") {
    const found = last.check.verdict ? describeFindings(last.check.verdict.findings) : "";
    return `${problem}\n\nThe candidate:\n${fenced}\n\nOutcome: ${last.check.outcome}\n${last.check.log}\n${found}\n\nName the one fault that matters most. Fields: "critical_issue" (at most 20 words), "why_it_matters" (at most 35), "minimal_fix_hint" (at most 20).`;
  }
  const timing = last.timing
    ? `median ${last.timing.medianNs} ns, speedup ${last.timing.speedup.toPrecision(4)}`
    : "not timed";
  return `${problem}\n\nThe candidate (${timing}):\n${fenced}\n\nCounters:\n${JSON.stringify(last.counters ?? {}, null, 2)}\n\nUse the three or four counters that tell most. Name exactly one bottleneck, one method and one plan. Fields: "bottleneck" (at most 30 words), "optimisation_method" (at most 35), "modification_plan" (at most 35).`;
}

/** How a Judge is asked again for what was not of its form. */
export const repairPrompt = (prompt: string, reply: string, problem: string): string =>
  `${prompt}\n\nYour last answer could not be used, ${problem}:\n${reply}\n\nAnswer again, with the JSON object alone.`;
