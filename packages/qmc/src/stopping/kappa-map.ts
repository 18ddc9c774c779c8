import { magnitude, type Spectrum } from "./spectrum.ts";

/**
 * Orders wavenumbers so that coefficients of aliased ones fall: for levels l = `from` down to `to + 1`,
 * kappa(k) and kappa(k + 2^l) change places, in all residues modulo 2^(l+1) of `kappa`, wherever the
 * later coefficient is the larger. Wavenumbers 0 of each block stay. In place; O(n (from - to)).
 * Source: Hickernell and Jimenez Rugama 2016, algorithm 1.
 */
export function updateKappa(
  kappa: Uint32Array,
  spectrum: Spectrum,
  from: number,
  to: number,
): void {
  for (let l = from; l > to; l--) {
    const half = 2 ** l;
    for (let k = 1; k < half; k++) {
      if (magnitude(spectrum, kappa[k + half]!) <= magnitude(spectrum, kappa[k]!)) continue;
      for (let at = k; at < kappa.length; at += 2 * half) {
        const held = kappa[at]!;
        kappa[at] = kappa[at + half]!;
        kappa[at + half] = held;
      }
    }
  }
}
