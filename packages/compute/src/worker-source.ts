/**
 * What a pool's worker runs, as text: Node evaluates it, browsers load it from a blob: URL. Text
 * needs no file that a bundler or a tarball could lose.
 *
 * It receives `{ memory }` once, then `{ run, binary, module?, fn, calls, copies?, control, report }`;
 * it takes call indices from an atomic counter (control[0]) until none is left or control[1] says
 * stop, and answers `{ run, error? }` once, with `{ run, progress }` per call before it if asked to
 * report. The answer is the pool's leave to free the run's memory: it comes after the last call, and
 * nothing may throw past it, since a browser's worker lives on after an error that nobody caught and
 * would go on to the runs that the pool had given up.
 */
export const workerSource = `"use strict";
const node = typeof process === "object" && process.getBuiltinModule;
const port = node ? process.getBuiltinModule("node:worker_threads").parentPort : self;
const instances = new Map();
let memory;
function work({ run, binary, module, fn, calls, copies, control, report }) {
  let flags;
  let error;
  try {
    if (module) instances.set(binary, new WebAssembly.Instance(module, { env: { memory } }));
    flags = new Int32Array(memory.buffer, control, 2);
    const kernel = instances.get(binary).exports[fn];
    while (Atomics.load(flags, 1) === 0) {
      const next = Atomics.add(flags, 0, 1);
      if (next >= calls.length) break;
      kernel(...calls[next]);
      if (copies) {
        const { address, bytes, offset } = copies.parts[next];
        const made = new Uint8Array(memory.buffer, address, bytes);
        new Uint8Array(copies.to, offset, bytes).set(made);
      }
      if (report) port.postMessage({ run, progress: true });
    }
  } catch (caught) {
    if (flags) Atomics.store(flags, 1, 1);
    error = String(caught);
  }
  port.postMessage({ run, error });
}
function receive(message) {
  if (message.memory) {
    memory = message.memory;
    port.postMessage({ ready: true });
  } else work(message);
}
if (node) port.on("message", receive);
else port.onmessage = (event) => receive(event.data);
`;
