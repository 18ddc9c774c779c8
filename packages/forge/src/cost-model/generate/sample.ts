export type Family = "affine" | "linalg" | "tosa";

/** A generated function: a module with one `func.func @kernel`. */
export interface GeneratedKernel {
  readonly family: Family;
  readonly text: string;
  /**
   * Samples of one group come from the same generator parameters (the same computation in another
   * schedule, the same operations and sizes): a split never has a group on both of its sides.
   */
  readonly group: string;
}
