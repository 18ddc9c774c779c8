// A process that compiles and serves one AssemblyScript candidate, for `node.ts`.
import { serveFromProcess } from "../remote/serve-process.ts";
import { makeWasm } from "./serve-wasm.ts";

serveFromProcess(makeWasm);
