import { domainError } from "@daily-kernel/compute";

/** The languages whose sources are looked at for the programming model that they use. */
export type SourceLanguage =
  | "assemblyscript"
  | "cpp"
  | "cuda"
  | "fortran"
  | "julia"
  | "opencl"
  | "python"
  | "wgsl";

/** How a model is called in a prompt, and the languages that it is used from, the usual one first. */
const described = {
  serial: { words: "", languages: ["cpp", "fortran", "python", "julia"] },
  openmp: { words: "OpenMP", languages: ["cpp", "fortran"] },
  "openmp-offload": { words: "OpenMP offload", languages: ["cpp", "fortran"] },
  openacc: { words: "OpenACC", languages: ["cpp", "fortran"] },
  kokkos: { words: "Kokkos", languages: ["cpp"] },
  sycl: { words: "SYCL", languages: ["cpp"] },
  cuda: { words: "CUDA", languages: ["cuda", "cpp"] },
  hip: { words: "HIP", languages: ["cpp", "cuda"] },
  threads: { words: "Threads", languages: ["julia", "cpp"] },
  opencl: { words: "OpenCL", languages: ["opencl"] },
  numpy: { words: "NumPy", languages: ["python"] },
  numba: { words: "Numba", languages: ["python"] },
  "numba-cuda": { words: "Numba CUDA", languages: ["python"] },
  cupy: { words: "CuPy", languages: ["python"] },
  pycuda: { words: "PyCUDA", languages: ["python"] },
  triton: { words: "Triton", languages: ["python"] },
  "cuda.jl": { words: "CUDA.jl", languages: ["julia"] },
  "amdgpu.jl": { words: "AMDGPU.jl", languages: ["julia"] },
  "kernelabstractions.jl": { words: "KernelAbstractions.jl", languages: ["julia"] },
  wasm: { words: "WebAssembly", languages: ["assemblyscript"] },
  wgsl: { words: "WebGPU", languages: ["wgsl"] },
} as const satisfies Record<
  string,
  { readonly words: string; readonly languages: readonly SourceLanguage[] }
>;

/** The ways to write a parallel kernel that can be told apart; `serial` is none of them. */
export type ProgrammingModel = keyof typeof described;

/** All of them. */
export const programmingModels = Object.keys(described) as readonly ProgrammingModel[];

/** The words of a prompt and the languages of a model; throws a RangeError for an unknown one. */
export function describeModel(
  fn: string,
  model: ProgrammingModel,
): {
  readonly words: string;
  readonly languages: readonly SourceLanguage[];
} {
  if (!Object.hasOwn(described, model)) {
    throw domainError(
      `${fn}: model must be one of ${programmingModels.join(", ")}, got ${JSON.stringify(model)}`,
    );
  }
  return described[model];
}
