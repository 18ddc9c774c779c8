import { domainError } from "@daily-kernel/compute";
import type { HpcKernel } from "../tasks/hpc/hpc-tasks.ts";
import { describeModel, type ProgrammingModel, type SourceLanguage } from "./models.ts";

const kernelWords: Readonly<Record<HpcKernel, string>> = {
  axpy: "AXPY",
  gemv: "GEMV",
  gemm: "GEMM",
  spmv: "SpMV",
  jacobi3d: "3D Jacobi stencil",
  cg: "CG",
};

/** The keyword of a language, and what starts a comment in it. */
const languages: Readonly<Record<SourceLanguage, { keyword: string; comment: string }>> = {
  assemblyscript: { keyword: "function", comment: "//" },
  cpp: { keyword: "function", comment: "//" },
  cuda: { keyword: "function", comment: "//" },
  fortran: { keyword: "subroutine", comment: "!" },
  julia: { keyword: "function", comment: "#" },
  opencl: { keyword: "kernel", comment: "//" },
  python: { keyword: "def", comment: "#" },
  wgsl: { keyword: "fn", comment: "//" },
};

/** One prompt as it stands in the editor. */
export interface Prompt {
  readonly text: string;
  readonly language: SourceLanguage;
  /** The keyword that was added, or nothing. */
  readonly hint: string;
}

/**
 * The prompts for a kernel in a model: a comment `<kernel> <model>`, and the same with a keyword of
 * the language at its end (`function`, `subroutine`, `def`), or with `hint`. An empty `hint` leaves
 * the plain prompt alone. The language is the model's usual one if none is given.
 *
 * @throws RangeError for an unknown kernel, an unknown model, or a language that the model is not
 *   used from.
 */
export function promptVariants(
  kernel: HpcKernel,
  model: ProgrammingModel,
  hint?: string,
  language?: SourceLanguage,
): readonly Prompt[] {
  if (!Object.hasOwn(kernelWords, kernel)) {
    const known = Object.keys(kernelWords).join(", ");
    throw domainError(`promptVariants: kernel must be one of ${known}, got ${kernel}`);
  }
  const { words, languages: possible } = describeModel("promptVariants", model);
  const chosen = language ?? possible[0]!;
  if (!possible.includes(chosen)) {
    throw domainError(
      `promptVariants: ${model} is used from ${possible.join(", ")}, not from ${chosen}`,
    );
  }
  const { keyword, comment } = languages[chosen];
  return [...new Set(["", hint ?? keyword])].map((added) => ({
    text: [comment, kernelWords[kernel], words, added].filter((part) => part !== "").join(" "),
    language: chosen,
    hint: added,
  }));
}
