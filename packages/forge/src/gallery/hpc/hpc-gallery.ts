import type { ProgrammingModel, SourceLanguage } from "../../proficiency/models.ts";
import type { BackendId } from "../../session/backend.ts";
import { cppKernels } from "./cpp.ts";
import { fortranKernels } from "./fortran.ts";
import type { GoldKernels } from "./gold.ts";
import { numbaKernels } from "./numba.ts";
import { openclKernels } from "./opencl.ts";
import { wasmKernels } from "./wasm.ts";
import { wgslKernels } from "./wgsl.ts";

/** The six kernels in one model, with where they run and what they must be found to use. */
export interface GoldColumn {
  readonly name: string;
  readonly model: ProgrammingModel;
  readonly backend: BackendId;
  readonly language: SourceLanguage;
  readonly kernels: GoldKernels;
}

const withFlags = (kernels: GoldKernels, flags: readonly string[]): GoldKernels =>
  Object.fromEntries(
    Object.entries(kernels).map(([kernel, gold]) => [kernel, { ...gold, flags }]),
  ) as unknown as GoldKernels;

const column = (
  name: string,
  model: ProgrammingModel,
  backend: BackendId,
  language: SourceLanguage,
  kernels: GoldKernels,
): GoldColumn => ({ name, model, backend, language, kernels });

/**
 * Correct kernels written by hand, six for each of eleven models, with three faults to be planted in
 * each: what a judge must accept and reject. Offload and OpenACC run on the host where there is no
 * device for them.
 */
export const hpcGallery: readonly GoldColumn[] = [
  column("cpp", "serial", "cpp", "cpp", cppKernels("serial", "openmp")),
  column(
    "openmp",
    "openmp",
    "openmp",
    "cpp",
    withFlags(cppKernels("openmp", "openacc"), ["-fopenmp"]),
  ),
  column("openmp-offload", "openmp-offload", "openmp", "cpp", cppKernels("offload", "openmp")),
  column("openacc", "openacc", "openacc", "cpp", cppKernels("openacc", "openmp")),
  column("kokkos", "kokkos", "kokkos", "cpp", cppKernels("kokkos", "serial")),
  column("fortran", "serial", "fortran", "fortran", fortranKernels("serial")),
  column("fortran-openmp", "openmp", "fortran", "fortran", fortranKernels("openmp")),
  column("numba", "numba", "numba", "python", numbaKernels),
  column("opencl", "opencl", "opencl", "opencl", openclKernels),
  column("wasm", "wasm", "wasm", "assemblyscript", wasmKernels),
  column("wgsl", "wgsl", "wgsl", "wgsl", wgslKernels),
];
