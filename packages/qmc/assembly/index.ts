export * from "./any-base";
export * from "./lattice";
export * from "./net";
export * from "./net-chunk";
export * from "./discrepancy";
