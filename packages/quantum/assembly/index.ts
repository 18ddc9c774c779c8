export { fwhtBlock } from "../../kernels/assembly/fwht";
export * from "./phases";
export * from "./tiles";
