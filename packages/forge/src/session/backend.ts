import type { Finding } from "../judge/verdict.ts";
import type { DType, KernelTensor, TensorSpec } from "../task/tensor.ts";

export type BackendId =
  | "cpp"
  | "cuda"
  | "fortran"
  | "kokkos"
  | "numba"
  | "openacc"
  | "opencl"
  | "openmp"
  | "triton"
  | "wasm"
  | "wgsl";

/** The languages that candidates are written in. */
export type Language =
  | "assemblyscript"
  | "c"
  | "cpp"
  | "cuda"
  | "fortran"
  | "opencl"
  | "python"
  | "wgsl";

/** Whether a back end can run here; if not, exactly why and what would help. */
export type Probe =
  | { readonly available: true; readonly hardware: string; readonly version: string }
  | { readonly available: false; readonly reason: string; readonly remedy?: string };

/** How many invocations a WGSL kernel needs: one an element, a row or a tile of the output, or one. */
export interface Grid {
  readonly per: "element" | "row" | "tile" | "one";
  /** Invocations of a workgroup (`element`, `row`) or the side of a tile. */
  readonly size: number;
}

/** A source as somebody submitted it. */
export interface Candidate {
  readonly source: string;
  /** Compiler flags, such as `-fopenmp`. */
  readonly flags?: readonly string[];
  /** Of WGSL only. */
  readonly grid?: Grid;
}

/** What a process (or a device) may use. Times in milliseconds, memory in bytes. */
export interface Limits {
  readonly callTimeout: number;
  readonly compileTimeout: number;
  readonly memory: number;
  readonly processes: number;
}

/** One call of the kernel. */
export interface CallRequest {
  readonly inputs: readonly KernelTensor[];
  readonly dims: readonly number[];
  readonly outputs: readonly Pick<TensorSpec, "dtype" | "shape">[];
  /** What the outputs hold before the call: noise, or a plausible wrong answer. */
  readonly poison: readonly KernelTensor[];
  /** Calls with the same slot and sizes get the same addresses; others get other ones. */
  readonly slot: number;
  /** Copies of the call that are timed one by one, each from the poison again; 0 is a plain call. */
  readonly timed?: number;
  /** Milliseconds after the return during which the process is watched for late work; 1 unless told. */
  readonly settle?: number;
  /** Between timed calls more than the last cache level is read and written at random addresses. */
  readonly cold?: boolean;
}

/** What one call left. */
export interface CallResult {
  /** The outputs as they were the moment the kernel returned (of the last copy, when timed). */
  readonly outputs: readonly KernelTensor[];
  /** Every timed copy left the same bytes as the last one. */
  readonly sameOutputs: boolean;
  /**
   * Where copies differ: the least and the largest that each float32 element was in any of them
   * (NaN, if it ever was). Who finds both within the bounds has verified every copy.
   */
  readonly extremes?: readonly (readonly KernelTensor[])[];
  /** The outputs a while after the return were still those. */
  readonly settled: boolean;
  readonly inputsIntact: boolean;
  readonly guardsIntact: boolean;
  /** What the kernel returned: 0 is well. */
  readonly status: number;
  /** Nanoseconds of every timed copy (of the one call otherwise). */
  readonly ns: readonly number[];
  /** Processor time of all timed copies together, told by the system and not by the process. */
  readonly cpuNs?: number;
  /**
   * Copies whose own clock told less than the system counted for their one thread; `ns` holds the
   * system's time then.
   */
  readonly forgedClocks?: number;
  /** Bytes that the process has written to standard output and error since it was opened. */
  readonly printed?: number;
  /** Threads alive after the call, and for how much of the second half of `settle` any ran or wanted to. */
  readonly threads: number;
  readonly idleCpuNs: number;
}

/** How a session ended. */
export interface Ending {
  readonly kind: "closed" | "exited" | "signal" | "timeout" | "memory";
  /** Exit code, signal, limit. */
  readonly detail: string;
  /** The first and last lines that the process wrote, cut to a few kilobytes. */
  readonly log: string;
}

/** A candidate in a fresh process (or device) of its own, ready to be called. */
export interface Session {
  /** @throws SessionEnded when the process is gone, with its ending. */
  call(request: CallRequest, options?: { signal?: AbortSignal }): Promise<CallResult>;
  /** Idempotent; resolves when nothing of the process is left. */
  close(): Promise<Ending>;
}

/** A compiled candidate. */
export interface Artifact {
  readonly backend: BackendId;
  /** Of the source, the flags and the compiler; compiled once for each. */
  readonly hash: string;
  /** What the compiler said, cut to 150 lines. */
  readonly log: string;
}

/** One way to run kernels. */
export interface Backend {
  readonly id: BackendId;
  readonly language: Language;
  /** Candidates cannot start other processes: `cpuNs` of their calls is all the work that they took. */
  readonly oneProcess?: boolean;
  probe(): Promise<Probe>;
  /** @throws CandidateCompileError with the compiler's log. */
  compile(
    candidate: Candidate,
    options: { limits: Limits; signal?: AbortSignal },
  ): Promise<Artifact>;
  /** What the compiled object gives away (symbols); errors reject before anything runs. */
  inspect?(artifact: Artifact): Promise<readonly Finding[]>;
  /**
   * `threads` is what OpenMP takes for their number, where there is such a thing.
   *
   * @throws SessionEnded when the candidate ends while it is loaded.
   */
  open(
    artifact: Artifact,
    options: { limits: Limits; threads?: number; signal?: AbortSignal },
  ): Promise<Session>;
}

/** The size of an element in bytes. */
export const bytesOf = (dtype: DType): number => (dtype === "bool" ? 1 : 4);
