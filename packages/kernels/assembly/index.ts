export * from "./fft";
export * from "./fwht";
export * from "./ifft";
export * from "./radial";
