/** Compiles and holds one kernel in AssemblyScript: ending this worker ends a kernel that hangs. */
import { serveWasm } from "@daily-kernel/forge/wasm-worker";

serveWasm();
