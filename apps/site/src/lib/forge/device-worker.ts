/** Owns the device that one kernel runs on: ending this worker ends a kernel that hangs. */
import { serveWgsl } from "@daily-kernel/forge/worker";

serveWgsl();
