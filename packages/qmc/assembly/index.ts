export * from "./lattice";
export * from "./net";
export * from "./net-chunk";
