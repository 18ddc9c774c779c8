import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

type Request = Record<string, string | number | boolean | readonly number[] | readonly string[]>;
export type Reply = { seconds: number; result?: Float64Array };

/**
 * What the script gets before its own lines: `load(name, dtype)` reads an input, and `serve(handlers)`
 * answers requests. A handler takes a request and returns a function: that call alone is timed.
 */
const PRELUDE = `
import json, os, sys, time
import numpy as np
_folder = sys.argv[1]
_answers = sys.stdout
sys.stdout = sys.stderr
def load(name, dtype="float64"):
    return np.fromfile(os.path.join(_folder, name), dtype=dtype)
def serve(handlers):
    for line in sys.stdin:
        request = json.loads(line)
        try:
            work = handlers[request["op"]](request)
            begin = time.perf_counter()
            result = work()
            seconds = time.perf_counter() - begin
            answer = {"seconds": seconds}
            if request.get("keep"):
                np.ascontiguousarray(result, dtype="float64").tofile(os.path.join(_folder, "result"))
        except Exception as error:
            answer = {"error": repr(error)}
        print(json.dumps(answer), file=_answers, flush=True)
`;

/** A Python process that holds the peer, reads the same binary inputs and times its own calls. */
export class PythonPeer {
  #child: ChildProcess;
  #folder: string;
  #replies: AsyncIterator<string>;

  constructor(python: string, script: string) {
    this.#folder = mkdtempSync(join(tmpdir(), "daily-kernel-bench-"));
    // A core type forced by the environment would not show what the library does by itself.
    const { OPENBLAS_CORETYPE: _type, OPENBLAS_L2_SIZE: _size, ...env } = process.env;
    const file = join(this.#folder, "peer.py");
    writeFileSync(file, PRELUDE + script);
    this.#child = spawn(python, [file, this.#folder], { env, stdio: ["pipe", "pipe", "inherit"] });
    this.#replies = createInterface(this.#child.stdout!)[Symbol.asyncIterator]();
  }

  /** Makes an array available to `load(name)`. */
  give(name: string, data: Float64Array | Float32Array | Int32Array | Uint8Array): void {
    writeFileSync(
      join(this.#folder, name),
      new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    );
  }

  /** Runs one request; with `keep: true` the reply carries the result in double precision. */
  async ask(request: Request): Promise<Reply> {
    this.#child.stdin!.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await this.#replies.next();
    if (done) throw new Error(`the Python peer ended at ${JSON.stringify(request)}`);
    const { seconds, error } = JSON.parse(value) as { seconds: number; error?: string };
    if (error !== undefined) throw new Error(`the Python peer failed: ${error}`);
    if (!request.keep) return { seconds };
    const bytes = readFileSync(join(this.#folder, "result"));
    const result = new Float64Array(
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
    );
    return { seconds, result };
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.stdin!.end();
    await ended;
    rmSync(this.#folder, { recursive: true });
  }
}
