export * from "./errors.ts";
export { Rng } from "./rng.ts";
