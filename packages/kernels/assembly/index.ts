export * from "./fft";
export * from "./fwht";
export * from "./ifft";
export * from "./project";
export * from "./radial";
export * from "./random-features";
export { putSineTable } from "./turns";
