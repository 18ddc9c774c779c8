export { installWebGPU, softwareGpuEnv } from "./gpu-node.ts";
