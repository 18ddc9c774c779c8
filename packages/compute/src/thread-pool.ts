import { checkObject, checkRunOptions, checkType } from "./checks.ts";
import { domainError, typeError, unsupportedError } from "./errors.ts";
import { type WorkerHandle, type WorkerMessage, workerSpawner } from "./spawn-worker.ts";
import { sharedHeap, type WasmBinary, wasm, wasmModule } from "./wasm.ts";

export interface RunOptions {
  /** Cancels: the run rejects with the signal's reason once the calls under way have ended. */
  signal?: AbortSignal | undefined;
  /** Called after every call with the number of finished calls and of all calls. */
  onProgress?: ((done: number, total: number) => void) | undefined;
}

interface Run {
  waiting: Set<WorkerHandle>;
  stop(): void;
  progressed(): void;
  failure?: Error;
  settle(): void;
  outcome: Promise<void>;
}

/**
 * Worker threads over the shared WebAssembly memory. An explicit handle: create it, pass it down,
 * dispose of it. Idle workers do not keep a Node process alive. Where workers cannot share memory
 * (a page that is not cross-origin isolated) the calls run on the current thread, which yields to
 * the event loop between calls; results are the same.
 */
export class ThreadPool {
  #workers: WorkerHandle[];
  #runs = new Map<number, Run>();
  #nextRun = 0;
  #binaries = new Map<WasmBinary, number>();
  #known = new WeakMap<WorkerHandle, Set<number>>();
  #disposed = false;

  /** For tests; use `ThreadPool.create`. */
  constructor(workers: WorkerHandle[]) {
    this.#workers = workers;
    for (const worker of workers) {
      this.#known.set(worker, new Set());
      worker.listen(
        (message) => this.#receive(worker, message),
        (reason) => this.#bury(worker, reason),
      );
      worker.hold(false);
    }
  }

  /**
   * A pool of `threads` workers (default: the machine's logical cores).
   * @throws RangeError `ERR_DOMAIN` unless `threads` is an integer in 1..256.
   * @throws Error `ERR_UNSUPPORTED` if a worker cannot start (a content-security policy without
   *   `worker-src blob:`).
   */
  static async create(options: { threads?: number | undefined } = {}): Promise<ThreadPool> {
    checkObject("ThreadPool.create", "options", options);
    const threads = options.threads ?? Math.min(256, logicalCores());
    checkType(
      typeof threads === "number",
      "ThreadPool.create",
      "options.threads",
      "a number",
      threads,
    );
    if (!(Number.isInteger(threads) && threads >= 1 && threads <= 256)) {
      throw domainError(
        `ThreadPool.create: options.threads must be an integer in 1..256, got ${threads}`,
      );
    }
    const spawn = workerSpawner();
    if (spawn === undefined) return new ThreadPool([]);
    const workers = Array.from({ length: threads }, spawn);
    try {
      await Promise.all(workers.map(start));
    } catch (error) {
      await Promise.all(workers.map((worker) => worker.terminate()));
      throw error;
    }
    return new ThreadPool(workers);
  }

  /** How many threads calls run on: the workers alive, 1 where there are none, 0 once disposed of. */
  get threads(): number {
    return this.#disposed ? 0 : Math.max(1, this.#workers.length);
  }

  /**
   * Calls the exported kernel `fn` of `binary` once with each argument list in `calls`, on
   * whichever thread is free; the order is not defined, so calls must not depend on one another.
   * Resolves when all have returned.
   *
   * Rejects with the signal's reason on abort, and with an Error if a call traps or a worker dies;
   * no call is running any more by then, so memory that the calls use may be freed. The pool
   * stays usable.
   */
  async run(
    binary: WasmBinary,
    fn: string,
    calls: readonly (readonly number[])[],
    options: RunOptions = {},
  ): Promise<void> {
    if (this.#disposed) throw unsupportedError("ThreadPool.run: the pool has been disposed of");
    const { exports, heap } = wasm(binary);
    if (typeof exports[fn] !== "function") {
      throw typeError(`ThreadPool.run: fn must be an exported kernel, got ${JSON.stringify(fn)}`);
    }
    const lists = Array.isArray(calls) && calls.every(Array.isArray);
    checkType(lists, "ThreadPool.run", "calls", "an array of argument lists", calls);
    checkRunOptions("ThreadPool.run", options);
    options.signal?.throwIfAborted();
    if (calls.length === 0) return;
    if (this.#workers.length === 0) return runHere(exports[fn], calls, options);
    await heap.scope((arena) => this.#dispatch(binary, fn, calls, arena.i32([0, 0]), options));
  }

  /** Stops the runs under way (they reject), then ends the workers. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    const runs = [...this.#runs.values()];
    for (const run of runs) {
      run.failure ??= unsupportedError("ThreadPool.run: the pool was disposed of during the run");
      run.stop();
    }
    await Promise.allSettled(runs.map(({ outcome }) => outcome));
    await Promise.all(this.#workers.splice(0).map((worker) => worker.terminate()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.dispose();
  }

  #dispatch(
    binary: WasmBinary,
    fn: string,
    calls: readonly (readonly number[])[],
    control: number,
    { signal, onProgress }: RunOptions,
  ): Promise<void> {
    const id = this.#nextRun++;
    const flags = sharedHeap().i32(control, 2);
    const stop = () => void Atomics.store(flags, 1, 1);
    let done = 0;
    const abort = () => {
      run.failure ??= signal?.reason;
      stop();
    };
    let conclude: () => void = () => {};
    const outcome = new Promise<void>((resolve, reject) => {
      conclude = () => (run.failure === undefined ? resolve() : reject(run.failure));
    });
    const run: Run = {
      outcome,
      waiting: new Set(this.#workers),
      stop,
      progressed: () => {
        done += 1;
        try {
          onProgress?.(done, calls.length);
        } catch (error) {
          run.failure ??= error as Error;
          stop();
        }
      },
      settle: () => {
        this.#runs.delete(id);
        signal?.removeEventListener("abort", abort);
        if (this.#runs.size === 0) for (const worker of this.#workers) worker.hold(false);
        conclude();
      },
    };
    this.#runs.set(id, run);
    signal?.addEventListener("abort", abort, { once: true });
    const report = onProgress !== undefined;
    for (const worker of this.#workers) {
      worker.hold(true);
      const module = this.#introduce(worker, binary);
      const key = this.#binaries.get(binary);
      worker.post({ run: id, binary: key, module, fn, calls, control, report });
    }
    return outcome;
  }

  /** The module to send along if this worker has not seen the binary yet. */
  #introduce(worker: WorkerHandle, binary: WasmBinary): WebAssembly.Module | undefined {
    const key = this.#binaries.get(binary) ?? this.#binaries.size;
    this.#binaries.set(binary, key);
    const known = this.#known.get(worker)!;
    if (known.has(key)) return undefined;
    known.add(key);
    return wasmModule(binary);
  }

  #receive(worker: WorkerHandle, message: WorkerMessage): void {
    const run = message.run === undefined ? undefined : this.#runs.get(message.run);
    if (run === undefined) return;
    if (message.progress) {
      run.progressed();
      return;
    }
    if (message.error !== undefined) {
      run.failure ??= new Error(`ThreadPool.run: a call failed in a worker: ${message.error}`);
    }
    this.#finish(worker, run);
  }

  #bury(worker: WorkerHandle, reason: string): void {
    this.#workers = this.#workers.filter((other) => other !== worker);
    for (const run of [...this.#runs.values()].filter(({ waiting }) => waiting.has(worker))) {
      run.failure ??= new Error(`ThreadPool.run: a worker died during the run (${reason})`);
      run.stop();
      this.#finish(worker, run);
    }
  }

  #finish(worker: WorkerHandle, run: Run): void {
    run.waiting.delete(worker);
    if (run.waiting.size === 0) run.settle();
  }
}

function start(worker: WorkerHandle): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.listen(
      () => resolve(),
      (reason) =>
        reject(
          unsupportedError(
            `ThreadPool.create: a worker could not start (${reason}); a page's content-security policy needs worker-src blob:`,
          ),
        ),
    );
    worker.post({ memory: sharedHeap().memory });
  });
}

/** One thread, the same calls; lets the event loop run between calls, at most every 16 ms. */
async function runHere(
  kernel: (...args: number[]) => number,
  calls: readonly (readonly number[])[],
  { signal, onProgress }: RunOptions,
): Promise<void> {
  let last = performance.now();
  for (const [index, args] of calls.entries()) {
    kernel(...args);
    onProgress?.(index + 1, calls.length);
    if (performance.now() - last > 16) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      last = performance.now();
    }
    signal?.throwIfAborted();
  }
}

/** Node 20 has no `navigator`. */
function logicalCores(): number {
  const node = globalThis.process?.getBuiltinModule?.("node:os");
  return globalThis.navigator?.hardwareConcurrency ?? node?.availableParallelism() ?? 1;
}
