export { denseRows, firstConvolution, poolPairs, summarise } from "./cost-model";
