export * from "./bessel/index.ts";
export * from "./functions.ts";
export { type MixtureFitOptions, VonMisesFisherMixture } from "./von-mises-fisher/mixture.ts";
export type { UnitRows } from "./von-mises-fisher/unit-rows.ts";
export { VonMisesFisher } from "./von-mises-fisher/von-mises-fisher.ts";
