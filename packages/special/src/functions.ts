export { erf, erfc, erfcx } from "./error/erf.ts";
export { inverseNormalCdf, logNormalCdf, normalCdf } from "./error/normal.ts";
export { digamma } from "./gamma/digamma.ts";
export { lgamma } from "./gamma/lgamma.ts";
export { trigamma } from "./gamma/trigamma.ts";
export { betaI, betaIInv } from "./incomplete/beta.ts";
export { gammaP, gammaPInv, gammaQ, gammaQInv } from "./incomplete/gamma.ts";
