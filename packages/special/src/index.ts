export * from "./bessel/index.ts";
export * from "./functions.ts";
