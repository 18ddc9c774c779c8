import { type Array64, array64, asArray, type Operand } from "./array64.ts";
import { broadcastShape, expand, map, zip } from "./broadcast.ts";
import { erfOf } from "./erf.ts";

type Unary = (x: Operand) => Array64;
type Binary = (a: Operand, b: Operand) => Array64;
const bit = (condition: boolean) => (condition ? 1 : 0);
/** IEEE 754's power, which is 1 where JavaScript's is NaN: 1 to any power, -1 to an infinite one. */
const power = (x: number, y: number) =>
  x === 1 || (x === -1 && Math.abs(y) === Number.POSITIVE_INFINITY) ? 1 : x ** y;

/** Functions of one element. */
export const unary = {
  abs: ((x) => map(x, Math.abs)) as Unary,
  neg: ((x) => map(x, (v) => -v)) as Unary,
  relu: ((x) => map(x, (v) => (v <= 0 ? 0 : v))) as Unary, // NaN stays
  exp: ((x) => map(x, Math.exp)) as Unary,
  expm1: ((x) => map(x, Math.expm1)) as Unary,
  log: ((x) => map(x, Math.log)) as Unary,
  sqrt: ((x) => map(x, Math.sqrt)) as Unary,
  square: ((x) => map(x, (v) => v * v)) as Unary,
  reciprocal: ((x) => map(x, (v) => 1 / v)) as Unary,
  tanh: ((x) => map(x, Math.tanh)) as Unary,
  erf: ((x) => map(x, erfOf)) as Unary,
  sigmoid: ((x) => map(x, (v) => 1 / (1 + Math.exp(-v)))) as Unary,
  logicalNot: ((x) => map(x, (v) => bit(v === 0))) as Unary,
  /** min(max(x, low), high); the upper limit wins where the limits cross. */
  clamp: (x: Operand, low: number, high: number): Array64 =>
    map(x, (v) => Math.min(Math.max(v, low), high)),
};

/** Functions of two elements, over arrays that broadcast; comparisons give 0 and 1. */
export const binary = {
  add: ((a, b) => zip("add", a, b, (x, y) => x + y)) as Binary,
  sub: ((a, b) => zip("sub", a, b, (x, y) => x - y)) as Binary,
  mul: ((a, b) => zip("mul", a, b, (x, y) => x * y)) as Binary,
  div: ((a, b) => zip("div", a, b, (x, y) => x / y)) as Binary,
  pow: ((a, b) => zip("pow", a, b, power)) as Binary,
  minimum: ((a, b) => zip("minimum", a, b, Math.min)) as Binary,
  maximum: ((a, b) => zip("maximum", a, b, Math.max)) as Binary,
  equal: ((a, b) => zip("equal", a, b, (x, y) => bit(x === y))) as Binary,
  less: ((a, b) => zip("less", a, b, (x, y) => bit(x < y))) as Binary,
  lessEqual: ((a, b) => zip("lessEqual", a, b, (x, y) => bit(x <= y))) as Binary,
  greater: ((a, b) => zip("greater", a, b, (x, y) => bit(x > y))) as Binary,
  greaterEqual: ((a, b) => zip("greaterEqual", a, b, (x, y) => bit(x >= y))) as Binary,
  logicalAnd: ((a, b) => zip("logicalAnd", a, b, (x, y) => bit(x !== 0 && y !== 0))) as Binary,
  logicalOr: ((a, b) => zip("logicalOr", a, b, (x, y) => bit(x !== 0 || y !== 0))) as Binary,
};

/** x where `condition` is not 0, else y. */
export function where(condition: Array64, x: Operand, y: Operand): Array64 {
  const [p, q] = [asArray(x), asArray(y)];
  const shape = broadcastShape("where", condition.shape, p.shape, q.shape);
  const [c, a, b] = [expand(condition, shape), expand(p, shape), expand(q, shape)];
  return array64(
    shape,
    a.data.map((v, i) => (c.data[i] !== 0 ? v : (b.data[i] as number))),
  );
}
