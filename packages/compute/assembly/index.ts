export { choleskyBlock, choleskyPanel } from "./cholesky";
export { centreRows, squaredDistancesTile } from "./distances";
export { gemmF32, packF32 } from "./gemm-f32";
export { gemmF64, packF64 } from "./gemm-f64";
export { logSumExpRows } from "./log-sum-exp";
export { mirrorF32, mirrorF64 } from "./mirror";
export { packStrips, qlSweeps, rotateStrips, unpackStrips } from "./rotations";
export { solveColumns } from "./triangular";
export { reflectionFactor, tridiagonalPanel } from "./tridiagonal";
