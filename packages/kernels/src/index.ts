export type { IntegrableKernel, Kernel } from "./kernel.ts";
