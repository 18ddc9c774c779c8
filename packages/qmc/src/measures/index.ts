export type { AcceptanceOptions } from "./acceptance.ts";
export { AcceptanceRejection } from "./acceptance-rejection.ts";
export {
  AcceptanceRejectionReal,
  type AcceptanceRejectionRealOptions,
} from "./acceptance-rejection-real.ts";
export { BernoulliCont, type BernoulliContOptions } from "./bernoulli-cont.ts";
export { BrownianMotion } from "./brownian-motion.ts";
export type { BrownianMotionOptions } from "./brownian-path.ts";
export { ClaytonCopula, type ClaytonCopulaOptions } from "./clayton-copula.ts";
export { Copula, type CopulaOptions } from "./copula.ts";
export { FrankCopula, type FrankCopulaOptions } from "./frank-copula.ts";
export { Gaussian, Gaussian as Normal, type GaussianOptions } from "./gaussian.ts";
export { GaussianCopula, type GaussianCopulaOptions } from "./gaussian-copula.ts";
export { GeometricBrownianMotion } from "./geometric-brownian-motion.ts";
export { GumbelCopula, type GumbelCopulaOptions } from "./gumbel-copula.ts";
export { InverseCdf, type InverseCdfOptions, type JointDistribution } from "./inverse-cdf.ts";
export { JohnsonsSU, type JohnsonsSUOptions } from "./johnsons-su.ts";
export { Kumaraswamy, type KumaraswamyOptions } from "./kumaraswamy.ts";
export { Lebesgue } from "./lebesgue.ts";
export type { Marginal } from "./marginal.ts";
export { MaternGP, type MaternGPOptions } from "./matern-gp.ts";
export { Mixture, type MixtureOptions } from "./mixture.ts";
export type { Decomposition } from "./multivariate-normal.ts";
export type { OrderedSimplexMap } from "./ordered-simplex.ts";
export type { PerCoordinate } from "./parameters.ts";
export { ProductMeasure, type ProductMeasureOptions } from "./product-measure.ts";
export { SimplexUniform, type SimplexUniformOptions } from "./simplex-uniform.ts";
export type { SquareMatrix } from "./square-matrix.ts";
export { StudentT, type StudentTOptions } from "./student-t.ts";
export { StudentTCopula, type StudentTCopulaOptions } from "./student-t-copula.ts";
export { Triangular, type TriangularOptions } from "./triangular.ts";
export { type Moments, TrueMeasure, type Weighted } from "./true-measure.ts";
export { Uniform, type UniformOptions } from "./uniform.ts";
export { UniformTriangle } from "./uniform-triangle.ts";
export {
  ZeroInflatedExpUniform,
  type ZeroInflatedExpUniformOptions,
} from "./zero-inflated-exp-uniform.ts";
