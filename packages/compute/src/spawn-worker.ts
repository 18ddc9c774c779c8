import { workerSource } from "./worker-source.ts";

/** What the pool needs of a worker, in Node and in browsers alike. */
export interface WorkerHandle {
  post(message: unknown): void;
  /**
   * Called with every message, and with the reason if the worker dies: by then its thread runs
   * nothing any more, so memory that its calls used may be freed.
   */
  listen(onMessage: (message: WorkerMessage) => void, onDeath: (reason: string) => void): void;
  /** Whether this worker keeps a Node process alive. */
  hold(alive: boolean): void;
  /** Only for a worker that has answered all it was given; see `Run` in thread-pool.ts. */
  terminate(): Promise<void>;
}

export interface WorkerMessage {
  ready?: true;
  run?: number;
  progress?: true;
  error?: string;
}

type Spawn = () => WorkerHandle;

/** How to start a worker that can share memory here; undefined where that is impossible. */
export function workerSpawner(): Spawn | undefined {
  // Not an import, so that bundlers for browsers never see Node's module.
  const node = globalThis.process?.getBuiltinModule?.("node:worker_threads");
  if (node) return () => nodeWorker(new node.Worker(workerSource, { eval: true, execArgv: [] }));
  // Without cross-origin isolation a browser refuses to post shared memory to a worker.
  if (typeof Worker === "function" && globalThis.crossOriginIsolated) return browserWorker;
  return undefined;
}

function nodeWorker(worker: import("node:worker_threads").Worker): WorkerHandle {
  return {
    post: (message) => worker.postMessage(message),
    listen: (onMessage, onDeath) => {
      worker.on("message", onMessage);
      worker.on("error", (error) => onDeath(String(error)));
      worker.on("exit", (code) => onDeath(`exit code ${code}`));
    },
    hold: (alive) => (alive ? worker.ref() : worker.unref()),
    terminate: async () => void (await worker.terminate()),
  };
}

function browserWorker(): WorkerHandle {
  const url = URL.createObjectURL(new Blob([workerSource], { type: "text/javascript" }));
  const worker = new Worker(url);
  return {
    post: (message) => worker.postMessage(message),
    listen: (onMessage, onDeath) => {
      worker.onmessage = (event) => onMessage(event.data as WorkerMessage);
      // Only loading its script can fail: all that happens in `work` is caught there.
      worker.onerror = (event) => onDeath(event.message || "it could not start");
    },
    hold: () => {},
    terminate: async () => {
      worker.terminate();
      URL.revokeObjectURL(url);
    },
  };
}
