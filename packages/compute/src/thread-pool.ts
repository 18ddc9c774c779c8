import { checkNumbers, checkObject, checkRunOptions, checkType } from "./checks.ts";
import { domainError, shapeError, unsupportedError } from "./errors.ts";
import { type WorkerHandle, type WorkerMessage, workerSpawner } from "./spawn-worker.ts";
import { type Kernel, sharedHeap, type WasmBinary, wasm, wasmModule } from "./wasm.ts";

export interface RunOptions {
  /** Cancels: the run rejects with the signal's reason once the calls under way have ended. */
  signal?: AbortSignal | undefined;
  /** Called after every call with the number of finished calls and of all calls. */
  onProgress?: ((done: number, total: number) => void) | undefined;
  /** Where the thread that ran a call puts what it made. */
  copies?: Copies | undefined;
}

/**
 * Results that go to shared memory of the caller's: each thread copies what its calls made, side by
 * side with the others. An ordinary array belongs to one thread, which then copies alone.
 */
export interface Copies {
  readonly to: SharedArrayBuffer;
  /** One a call: bytes at an address of the heap, and their offset in `to`. */
  readonly parts: readonly Copy[];
}

export interface Copy {
  readonly address: number;
  readonly bytes: number;
  readonly offset: number;
}

/**
 * A run settles, and its caller's memory is freed, only when no worker is waited for any more: each
 * has answered that its last call returned (or trapped), or its thread has ended. Abort, a trap, a
 * dead worker and disposal all just fail the run and raise its stop flag; nothing but the answers
 * ends the wait, because a worker that is still in a kernel would write into freed memory. Stopping
 * a thread from outside would not do: `terminate()` is asynchronous, and in browsers says nothing
 * when it is through. So workers are terminated only once they have answered everything.
 */
interface Run {
  waiting: Set<WorkerHandle>;
  /** Raises the stop flag; the first reason is the one that the run rejects with. */
  fail(reason: unknown): void;
  progressed(): void;
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
  #runsHere = new Set<Promise<void>>();
  #nextRun = 0;
  #binaries = new Map<WasmBinary, number>();
  #known = new WeakMap<WorkerHandle, Set<number>>();
  #end: Promise<void> | undefined;

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
    const workers: WorkerHandle[] = [];
    try {
      while (workers.length < threads) workers.push(spawn());
      await Promise.all(workers.map(start));
    } catch (reason) {
      await Promise.all(workers.map((worker) => worker.terminate()));
      throw unsupportedError(
        `ThreadPool.create: a worker could not start (${reason}); a page's content-security policy needs worker-src blob:`,
      );
    }
    return new ThreadPool(workers);
  }

  /** How many threads calls run on: the workers alive, 1 where there are none, 0 once disposed of. */
  get threads(): number {
    return this.#end ? 0 : Math.max(1, this.#workers.length);
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
    if (this.#end) throw unsupportedError("ThreadPool.run: the pool has been disposed of");
    const { exports, heap } = wasm(binary);
    const exported = typeof fn === "string" && typeof exports[fn] === "function";
    checkType(exported, "ThreadPool.run", "fn", "an exported kernel", fn);
    const lists = Array.isArray(calls) && calls.every(Array.isArray);
    checkType(lists, "ThreadPool.run", "calls", "an array of argument lists", calls);
    for (const [i, args] of calls.entries()) checkNumbers("ThreadPool.run", `calls[${i}]`, args);
    checkRunOptions("ThreadPool.run", options);
    if (options.copies !== undefined) checkCopies(options.copies, calls.length);
    options.signal?.throwIfAborted();
    if (calls.length === 0) return;
    if (this.#workers.length === 0) return this.#runHere(exports[fn]!, calls, options);
    await heap.scope((arena) => this.#dispatch(binary, fn, calls, arena.i32([0, 0]), options));
  }

  /** Stops the runs under way (they reject once their calls have ended), then ends the workers. */
  dispose(): Promise<void> {
    this.#end ??= this.#dispose([...this.#runs.values()]);
    return this.#end;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.dispose();
  }

  async #dispose(runs: Run[]): Promise<void> {
    for (const run of runs) run.fail(disposedDuringRun());
    await Promise.allSettled([...runs.map(({ outcome }) => outcome), ...this.#runsHere]);
    await Promise.all(this.#workers.splice(0).map((worker) => worker.terminate()));
  }

  #dispatch(
    binary: WasmBinary,
    fn: string,
    calls: readonly (readonly number[])[],
    control: number,
    { signal, onProgress, copies }: RunOptions,
  ): Promise<void> {
    const id = this.#nextRun++;
    const flags = sharedHeap().i32(control, 2);
    let done = 0;
    let failed = false;
    let failure: unknown;
    let conclude: () => void = () => {};
    const outcome = new Promise<void>((resolve, reject) => {
      conclude = () => (failed ? reject(failure) : resolve());
    });
    const abort = () => run.fail(signal?.reason);
    const run: Run = {
      outcome,
      waiting: new Set(this.#workers),
      fail: (reason) => {
        if (!failed) failure = reason;
        failed = true;
        Atomics.store(flags, 1, 1);
      },
      progressed: () => {
        done += 1;
        try {
          onProgress?.(done, calls.length);
        } catch (error) {
          run.fail(error);
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
    for (const worker of run.waiting) {
      worker.hold(true);
      try {
        const { key, module } = this.#introduce(worker, binary);
        worker.post({ run: id, binary: key, module, fn, calls, copies, control, report });
        this.#known.get(worker)!.add(key);
      } catch (error) {
        // Too much to copy, say. Workers that have got the message are still waited for.
        run.fail(error);
        this.#finish(worker, run);
      }
    }
    return outcome;
  }

  /** The binary's number, and its module to send along if this worker does not know it yet. */
  #introduce(worker: WorkerHandle, binary: WasmBinary) {
    const key = this.#binaries.get(binary) ?? this.#binaries.size;
    this.#binaries.set(binary, key);
    return { key, module: this.#known.get(worker)!.has(key) ? undefined : wasmModule(binary) };
  }

  #receive(worker: WorkerHandle, message: WorkerMessage): void {
    const run = message.run === undefined ? undefined : this.#runs.get(message.run);
    if (run === undefined) return;
    if (message.progress) {
      run.progressed();
      return;
    }
    if (message.error !== undefined) {
      run.fail(new Error(`ThreadPool.run: a call failed in a worker: ${message.error}`));
    }
    this.#finish(worker, run);
  }

  #bury(worker: WorkerHandle, reason: string): void {
    this.#workers = this.#workers.filter((other) => other !== worker);
    for (const run of [...this.#runs.values()].filter(({ waiting }) => waiting.has(worker))) {
      run.fail(new Error(`ThreadPool.run: a worker died during the run (${reason})`));
      this.#finish(worker, run);
    }
  }

  #finish(worker: WorkerHandle, run: Run): void {
    run.waiting.delete(worker);
    if (run.waiting.size === 0) run.settle();
  }

  /** One thread, the same calls. */
  async #runHere(
    kernel: Kernel,
    calls: readonly (readonly number[])[],
    options: RunOptions,
  ): Promise<void> {
    const run = callInTurn(kernel, calls, options, () => this.#end !== undefined);
    this.#runsHere.add(run);
    try {
      await run;
    } finally {
      this.#runsHere.delete(run);
    }
  }
}

function start(worker: WorkerHandle): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.listen(() => resolve(), reject);
    worker.post({ memory: sharedHeap().memory });
  });
}

const disposedDuringRun = () =>
  unsupportedError("ThreadPool.run: the pool was disposed of during the run");

/** Lets the event loop run between calls, at most every 16 ms. */
async function callInTurn(
  kernel: Kernel,
  calls: readonly (readonly number[])[],
  { signal, onProgress, copies }: RunOptions,
  disposed: () => boolean,
): Promise<void> {
  let last = performance.now();
  for (const [index, args] of calls.entries()) {
    kernel(...args);
    if (copies) copyHere(copies.to, copies.parts[index]!);
    onProgress?.(index + 1, calls.length);
    if (performance.now() - last > 16) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      last = performance.now();
    }
    signal?.throwIfAborted();
    if (disposed()) throw disposedDuringRun();
  }
}

function copyHere(to: SharedArrayBuffer, { address, bytes, offset }: Copy): void {
  new Uint8Array(to, offset, bytes).set(new Uint8Array(sharedHeap().memory.buffer, address, bytes));
}

function checkCopies({ to, parts }: Copies, calls: number): void {
  const shared = typeof SharedArrayBuffer === "function" && to instanceof SharedArrayBuffer;
  checkType(shared, "ThreadPool.run", "options.copies.to", "a SharedArrayBuffer", to);
  if (parts.length !== calls) {
    throw shapeError(
      `ThreadPool.run: options.copies.parts must have one part a call (${calls}), got ${parts.length}`,
    );
  }
}

/** Node 20 has no `navigator`. */
function logicalCores(): number {
  const node = globalThis.process?.getBuiltinModule?.("node:os");
  return globalThis.navigator?.hardwareConcurrency ?? node?.availableParallelism() ?? 1;
}
