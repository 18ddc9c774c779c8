import type { Backend, BackendId, Language } from "../session/backend.ts";
import { backendUnavailable, unknownBackend } from "../session/errors.ts";
import { cpp } from "./cpp.ts";
import { cuda } from "./cuda.ts";
import { fortran } from "./fortran.ts";
import { kokkos } from "./kokkos.ts";
import type { NativeOptions } from "./native/native-backend.ts";
import { numba } from "./numba.ts";
import { openacc } from "./openacc.ts";
import { opencl } from "./opencl.ts";
import { openmp } from "./openmp.ts";
import { triton } from "./triton.ts";
import { wasmBackend } from "./wasm/node.ts";
import { type WgslOptions, wgslBackend } from "./wgsl/node.ts";

export interface BackendOptions extends NativeOptions, WgslOptions {
  /** Of `wasm`: `assemblyscript` unless told, `c` or `cpp`. */
  readonly language?: Language;
}

function wasm({ language = "assemblyscript", ...options }: BackendOptions): Backend {
  if (language !== "assemblyscript" && language !== "c" && language !== "cpp")
    throw backendUnavailable("wasm", `it compiles assemblyscript, c and cpp, not ${language}`);
  return wasmBackend({ ...options, language });
}

/** Every back end of Node, by its id; one line each. */
const factories: Partial<Record<BackendId, (options: BackendOptions) => Backend>> = {
  cpp,
  cuda,
  fortran,
  kokkos,
  numba,
  openacc,
  opencl,
  openmp,
  triton,
  wasm,
  wgsl: wgslBackend,
};

/** All back ends, whether they can run here or not: `probe()` tells; `wasm` twice, by its compilers. */
export const backends = (options: Omit<BackendOptions, "language"> = {}): Backend[] => [
  ...Object.values(factories).map((make) => make(options)),
  wasm({ ...options, language: "c" }),
];

/** @throws ForgeError `ERR_UNKNOWN_BACKEND` with the ids that there are. */
export function backendById(id: string, options: BackendOptions = {}): Backend {
  const make = Object.entries(factories).find(([name]) => name === id)?.[1];
  if (!make) throw unknownBackend(id, Object.keys(factories));
  return make(options);
}
