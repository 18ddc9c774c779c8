import type { Backend, BackendId } from "../session/backend.ts";
import { unknownBackend } from "../session/errors.ts";
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
import { wgslBackend } from "./wgsl/node.ts";

/** Every back end of Node, by its id; one line each. */
const factories: Partial<Record<BackendId, (options: NativeOptions) => Backend>> = {
  cpp,
  cuda,
  fortran,
  kokkos,
  numba,
  openacc,
  opencl,
  openmp,
  triton,
  wasm: () => wasmBackend(),
  wgsl: () => wgslBackend(),
};

/** All back ends, whether they can run here or not: `probe()` tells. */
export const backends = (options: NativeOptions = {}): Backend[] =>
  Object.values(factories).map((make) => make(options));

/** @throws ForgeError `ERR_UNKNOWN_BACKEND` with the ids that there are. */
export function backendById(id: string, options: NativeOptions = {}): Backend {
  const make = Object.entries(factories).find(([name]) => name === id)?.[1];
  if (!make) throw unknownBackend(id, Object.keys(factories));
  return make(options);
}
