import { knownOptions } from "../check-options.ts";
import { DigitalNetB2, type DigitalNetB2Options } from "./digital-net-b2.ts";
import { sobolKeys } from "./net/net-options.ts";
import { commonKeys } from "./sequence-options.ts";

/** The options of a `DigitalNetB2` that does not bring its own matrices. */
export type SobolOptions = Omit<DigitalNetB2Options, "generatingMatrices" | "msb" | "matrixBits">;

/**
 * Sobol' points with the direction numbers of Joe and Kuo (SIAM J. Sci. Comput. 30, 2008,
 * 2635-2654, criterion D(6)) in up to 21201 dimensions: `DigitalNetB2` with its default matrices.
 */
export class Sobol extends DigitalNetB2 {
  constructor(options: SobolOptions = {}) {
    knownOptions(new.target.name, options, [...commonKeys, ...sobolKeys]);
    super(options);
  }
}
