export * from "./any-base";
export * from "./discrepancy";
export * from "./lattice";
export * from "./net";
export * from "./net-chunk";
