import { expand } from "./broadcast.ts";
import { conv, convTranspose } from "./convolution.ts";
import { binary, unary, where } from "./elementwise.ts";
import { gridSample } from "./grid-sample.ts";
import * as indexing from "./indexing.ts";
import * as layout from "./layout.ts";
import { matmul } from "./matmul.ts";
import { adaptiveAvgPool, avgPool, maxPool } from "./pooling.ts";
import { argmax, argmin, max, mean, min, prod, sum, variance } from "./reduce.ts";
import { resample } from "./resample.ts";
import { cumprod, cumsum } from "./scan.ts";

/** The operations that everything else is composed of: each rounds once in a kernel's arithmetic. */
export const primitives = {
  ...unary,
  ...binary,
  ...layout,
  ...indexing,
  where,
  expand,
  matmul,
  conv,
  convTranspose,
  maxPool,
  avgPool,
  adaptiveAvgPool,
  sum,
  mean,
  variance,
  prod,
  max,
  min,
  argmax,
  argmin,
  cumsum,
  cumprod,
  resample,
  gridSample,
};

export type Primitives = typeof primitives;
