// Exits with 0 where this machine has a WebGPU adapter of its own. In a process apart, because the
// driver loader writes its complaints straight to the terminal.
import { nodeGpu } from "./gpu.ts";

(await nodeGpu()).destroy();
