import { knownOptions } from "../check-options.ts";
import type { Sequence } from "../sequences/sequence.ts";
import {
  type PerCoordinate,
  perCoordinate,
  positive,
  productDensity,
  respread,
} from "./parameters.ts";
import { type Moments, TrueMeasure } from "./true-measure.ts";

export interface TriangularOptions {
  /** Where the mode lies between the ends, in (0, 1); 1/2 by default. */
  c?: PerCoordinate;
  /** Lower ends; 0 by default. */
  location?: PerCoordinate;
  /** Widths, > 0; 1 by default. */
  scale?: PerCoordinate;
}

/** Independent triangular variables on [location, location + scale], mode location + c scale. */
export class Triangular extends TrueMeasure {
  readonly range: Float64Array;
  readonly c: Float64Array;
  readonly location: Float64Array;
  readonly scale: Float64Array;

  constructor(sampler: Sequence | TrueMeasure, options: TriangularOptions = {}) {
    super(sampler);
    const {
      c = 0.5,
      location = 0,
      scale = 1,
    } = knownOptions("Triangular", options, ["c", "location", "scale"]);
    const d = this.dimension;
    const inside = (x: number) => x > 0 && x < 1;
    this.c = perCoordinate("Triangular", "c", c, d, inside, "in (0, 1)");
    this.location = perCoordinate("Triangular", "location", location, d);
    this.scale = perCoordinate("Triangular", "scale", scale, d, positive, "finite and > 0");
    this.range = Float64Array.from({ length: 2 * d }, (_, k) => {
      const j = k >> 1;
      return this.location[j]! + (k % 2) * this.scale[j]!;
    });
  }

  protected map(u: Float64Array, n: number, out: Float64Array): void {
    const { c, location, scale, dimension } = this;
    for (let i = 0, k = 0; i < n; i++) {
      for (let j = 0; j < dimension; j++, k++) {
        const [p, mode] = [u[k]!, c[j]!];
        const z = p <= mode ? Math.sqrt(p * mode) : 1 - Math.sqrt((1 - p) * (1 - mode));
        out[k] = location[j]! + scale[j]! * z;
      }
    }
  }

  protected density(x: Float64Array, _n: number, out: Float64Array): void {
    const { c, location, scale } = this;
    productDensity(x, this.dimension, out, (y, j) => {
      const z = (y - location[j]!) / scale[j]!;
      if (!(z >= 0 && z <= 1)) return 0;
      const mode = c[j]!;
      return (2 / scale[j]!) * (z < mode ? z / mode : (1 - z) / (1 - mode));
    });
  }

  protected override moments(): Moments {
    const { c, location, scale } = this;
    return {
      mean: c.map((mode, j) => location[j]! + (scale[j]! * (1 + mode)) / 3),
      variance: c.map((mode, j) => (scale[j]! ** 2 * (1 - mode + mode * mode)) / 18),
    };
  }

  protected over(sampler: Sequence | TrueMeasure): Triangular {
    const d = sampler.dimension;
    return new Triangular(sampler, {
      c: respread("Triangular", "c", this.c, d),
      location: respread("Triangular", "location", this.location, d),
      scale: respread("Triangular", "scale", this.scale, d),
    });
  }
}
