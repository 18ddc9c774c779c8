import { checkType, domainError } from "@daily-kernel/compute";
import type { Candidate } from "../session/backend.ts";
import { ForgeError } from "../session/errors.ts";
import type { HpcKernel } from "../tasks/hpc/hpc-tasks.ts";
import { describeModel, type ProgrammingModel, type SourceLanguage } from "./models.ts";
import { type Assignment, assignments, roles } from "./roles.ts";
import { cppWrapper } from "./scaffold-cpp.ts";
import { fortranWrapper } from "./scaffold-fortran.ts";
import { pythonWrapper } from "./scaffold-python.ts";
import { type Signature, signaturesOf } from "./signature.ts";

/** A completion with the kernel's entry around it, under one reading of its signature. */
export interface Scaffold {
  readonly candidate: Candidate;
  readonly language: SourceLanguage;
  /** The function that is called, and what each of its parameters was taken for. */
  readonly function: string;
  readonly reading: readonly { readonly parameter: string; readonly role: string }[];
}

export type Scaffolder = (completion: string) => readonly Scaffold[];

const wrappers: Partial<
  Record<SourceLanguage, (kernel: HpcKernel, s: Signature, a: Assignment, source: string) => string>
> = { cpp: cppWrapper, fortran: fortranWrapper, python: pythonWrapper };

/**
 * Puts the kernel's entry (`forge_kernel` with the common ABI) around bare completions, whatever they
 * call their function and in whatever order it takes its arguments: parameters are matched by type
 * and name, and of the last function whose parameters can be the kernel's at most 24 readings come
 * back, the likeliest first. Arguments are copies in the function's own types; a Jacobi function is
 * called for each of the three sweeps; Fortran gets its matrices by columns and indices from 1.
 *
 * @throws RangeError for an unknown kernel or model, or a language without scaffolds (C++, Fortran and
 *   Python have them); the scaffolder throws `ERR_NO_SIGNATURE` for a completion without a function
 *   that can be the kernel.
 */
export function scaffold(
  kernel: HpcKernel,
  model: ProgrammingModel,
  language: SourceLanguage = describeModel("scaffold", model).languages[0]!,
): Scaffolder {
  const wrapper = wrappers[language];
  if (!Object.hasOwn(roles, kernel)) {
    throw domainError(
      `scaffold: kernel must be one of ${Object.keys(roles).join(", ")}, got ${kernel}`,
    );
  }
  if (wrapper === undefined || !describeModel("scaffold", model).languages.includes(language)) {
    const known = Object.keys(wrappers).join(", ");
    throw domainError(`scaffold: ${model} in ${language} has no scaffold; ${known} have`);
  }
  const threaded = model === "openmp";
  return (completion) => {
    checkType(typeof completion === "string", "scaffold", "completion", "a string", completion);
    for (const signature of signaturesOf(completion, language).toReversed()) {
      const readings = assignments(kernel, signature.parameters).filter(
        (reading) => signature.returns || reading.some(({ output }) => output),
      );
      if (readings.length === 0) continue;
      return readings.map((reading) => ({
        candidate: {
          source: wrapper(kernel, signature, reading, completion),
          ...(threaded && { flags: ["-fopenmp"] }),
        },
        language,
        function: signature.name,
        reading: reading.map((role, i) => ({
          parameter: signature.parameters[i]!.name,
          role: role.name,
        })),
      }));
    }
    throw new ForgeError(
      "ERR_NO_SIGNATURE",
      `scaffold: no function of the completion can be ${kernel}: its parameters are others`,
    );
  };
}

/** The first scaffold that verifies, and how many were tried; none if no reading is right. */
export async function firstThatVerifies(
  scaffolds: readonly Scaffold[],
  verify: (scaffold: Scaffold) => Promise<boolean>,
): Promise<{ readonly accepted?: Scaffold; readonly tried: number }> {
  let tried = 0;
  for (const scaffold of scaffolds) {
    tried++;
    if (await verify(scaffold)) return { accepted: scaffold, tried };
  }
  return { tried };
}
