export * from "./any-base";
export * from "./discrepancy";
export * from "./discrepancy-gradient";
export * from "./lattice";
export * from "./net";
export * from "./net-chunk";
export * from "./normal-quantiles";
