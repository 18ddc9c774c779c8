import { domainError, typeError } from "@daily-kernel/compute";
import type { ProgrammingModel, SourceLanguage } from "./models.ts";
import { stripComments } from "./strip-comments.ts";

type Found = Partial<Record<ProgrammingModel, boolean>>;

/** The directives of a C or Fortran source: `omp parallel for`, `acc kernels loop`. */
function directives(code: string): string[] {
  const found = code.matchAll(
    /^[ \t]*#[ \t]*pragma[ \t]+((?:omp|acc)\b.*)$|_Pragma\s*\(\s*"((?:omp|acc)\b[^"]*)"|^!\$((?:omp|acc)\b.*)$/gm,
  );
  return [...found].map(([, pragma, operator, sentinel]) => (pragma ?? operator ?? sentinel)!);
}

/** A directive counts where it runs a loop or region in parallel; `data`, `simd`, `atomic` do not. */
function byDirectives(code: string): Found {
  const found: Found = {};
  for (const directive of directives(code)) {
    const words = directive
      .replace(/\(.*/, " ")
      .trim()
      .split(/[\s(,]+/);
    const [kind, first, second] = words;
    if (first === "end") continue;
    if (kind === "acc") found.openacc ||= first === "parallel" || first === "kernels";
    else if (first === "target") {
      found["openmp-offload"] ||= !["data", "enter", "exit", "update"].includes(second ?? "");
    } else found.openmp ||= first === "parallel" || first === "teams";
  }
  return found;
}

const usesHip = /\bhip(?:LaunchKernelGGL|[A-Z]\w*)\b|\bhip\/hip_runtime\.h\b/;

function cppModels(code: string): Found {
  const launched = /\b__global__\b/.test(code) && /<<<|LaunchKernel/.test(code);
  const inKokkos = /\busing\s+namespace\s+Kokkos\b/.test(code) ? /\bparallel_\w+\s*\(/ : /(?!)/;
  return {
    ...byDirectives(code),
    kokkos: /\bKokkos::parallel_(?:for|reduce|scan)\b/.test(code) || inKokkos.test(code),
    sycl: /\bsycl::/.test(code) && /\b(?:parallel_for|single_task|submit)\b/.test(code),
    cuda: launched && !usesHip.test(code),
    hip: launched && usesHip.test(code),
    threads: /\bstd::j?thread\b|\bpthread_create\b|\bstd::async\b|\bexecution::par/.test(code),
  };
}

/** Whether a module is imported and one of its names used. */
function imported(code: string, module: string): boolean {
  const [, alias] =
    new RegExp(`^\\s*import\\s+${module}(?:\\s+as\\s+(\\w+))?`, "m").exec(code) ?? [];
  if (alias !== undefined) return new RegExp(`\\b${alias}\\.\\w`).test(code);
  return (
    new RegExp(`^\\s*from\\s+${module}\\b`, "m").test(code) ||
    (new RegExp(`^\\s*import\\s+${module}\\b`, "m").test(code) &&
      new RegExp(`(?<!import\\s+)\\b${module}\\.\\w`).test(code))
  );
}

function pythonModels(code: string): Found {
  const flat = code.replace(/\(([^()]*)\)/g, (all) => all.replaceAll("\n", " "));
  const numba = /@(?:\w+\.)?(?:n?jit|vectorize|guvectorize)\s*\(([^\n]*)/g;
  const parallel = [...flat.matchAll(numba)].some(([line, options]) => {
    return !/@cuda\.|@triton\./.test(line) && /parallel\s*=\s*True|target\s*=/.test(options!);
  });
  const found: Found = {
    numba: parallel,
    "numba-cuda": /@(?:numba\.)?cuda\.jit\b/.test(code),
    cupy: imported(code, "cupy"),
    pycuda: imported(code, "pycuda(?:\\.\\w+)*"),
    triton: /@triton\.jit\b/.test(code),
  };
  const compiled = Object.values(found).includes(true) || /@(?:\w+\.)?n?jit\b/.test(code);
  // NumPy's arrays are everywhere; it is the model only where nothing else computes.
  return { ...found, numpy: !compiled && imported(code, "numpy") };
}

const juliaModels = (code: string): Found => ({
  threads: /\bThreads\.@(?:threads|spawn)\b|(?<![\w.])@(?:threads|spawn)\b/.test(code),
  "cuda.jl": /(?<!\w)@cuda\b|\bCu(?:Array|Matrix|Vector)\b|\bCUDA\.\w/.test(code),
  "amdgpu.jl": /(?<!\w)@roc\b|\bROC(?:Array|Matrix|Vector)\b|\bAMDGPU\.\w/.test(code),
  "kernelabstractions.jl": /(?<!\w)@kernel\b/.test(code),
});

const detectors: Record<SourceLanguage, (code: string) => Found> = {
  cpp: cppModels,
  cuda: cppModels,
  fortran: byDirectives,
  python: pythonModels,
  julia: juliaModels,
  opencl: (code) => ({ opencl: /\b(?:__)?kernel\b[^;{}]*\bvoid\s+\w+\s*\(/.test(code) }),
  wgsl: (code) => ({ wgsl: /@compute\b/.test(code) && /@workgroup_size\b/.test(code) }),
  assemblyscript: (code) => ({ wasm: /\bexport\s+function\b/.test(code) }),
};

/** The languages in which a source can be serial code. */
const general: readonly SourceLanguage[] = ["cpp", "fortran", "python", "julia"];

/**
 * The programming models that a source really uses, as far as its text can tell: directives that
 * start parallel work, launches of kernels, parallel decorators. Comments, strings and `#if 0` do not
 * count, nor do includes, compiler flags, `omp simd`, `acc data`, or `prange` without
 * `parallel=True`. Source in a general language that uses none is `serial`; in a language of kernels
 * (OpenCL, WGSL) the set is then empty. O(length).
 *
 * @throws TypeError for a source that is no string; RangeError for an unknown language.
 */
export function detectModels(source: string, language: SourceLanguage): Set<ProgrammingModel> {
  if (typeof source !== "string") throw typeError("detectModels: source must be a string");
  if (!Object.hasOwn(detectors, language)) {
    const known = Object.keys(detectors).join(", ");
    throw domainError(`detectModels: language must be one of ${known}, got ${language}`);
  }
  const found = detectors[language](stripComments(source, language));
  const models = Object.entries(found).flatMap(([model, used]) => (used ? [model] : []));
  if (models.length === 0 && general.includes(language)) return new Set(["serial"]);
  return new Set(models as ProgrammingModel[]);
}
