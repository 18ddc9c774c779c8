import { inputError } from "../../feed-error.ts";
import type { Library } from "../library.ts";
import { Lsa } from "../lsa/lsa.ts";
import { top } from "../ranking/top.ts";
import { Vectors } from "./vectors.ts";

/** Collections grow by half before LSA looks at them again. */
const GROWTH = 1.5;
/** Of single-precision products: the better one of two lies at the bound itself. */
const ROUNDING = 1e-6;

/** What ranks papers by meaning: the vectors of a model, or of latent semantic analysis. */
export class Meaning {
  readonly #library: Library;
  #vectors: Vectors | undefined;
  #lsa: Lsa | undefined;
  #fittedTo = 0;
  /** The slot of each vector's paper, -1 where it is not there, and what that was read of. */
  #slots = new Int32Array();
  #slotsOf: { vectors: Vectors; version: number } | undefined;

  constructor(library: Library) {
    this.#library = library;
  }

  /** The model's name, `lsa`, or `none`. */
  get name(): string {
    return this.#vectors?.model ?? "none";
  }

  useModel(model: string, dimension: number): void {
    this.#vectors?.dispose();
    this.#lsa = undefined;
    this.#vectors = new Vectors(model, dimension);
  }

  setVector(id: string, vector: Float32Array): void {
    if (!this.#vectors || this.#lsa) throw inputError("SearchIndex.setVector: no model is in use");
    this.#vectors.set(id, vector);
  }

  /** Looks at all texts, unless they have not grown by half since it last did. */
  useLsa(): void {
    const { ids, size } = this.#library;
    if (this.#lsa && size < GROWTH * this.#fittedTo) return;
    const lsa = Lsa.fit(ids.map((id) => this.#library.subject(this.#library.slotOf(id)!)));
    this.#vectors?.dispose();
    this.#vectors = lsa && new Vectors("lsa", lsa.dimension);
    this.#lsa = lsa;
    this.#fittedTo = size;
    for (const id of ids) this.project(id);
  }

  /** Gives a paper that is new its vector, where LSA makes them. */
  project(id: string): void {
    if (!this.#lsa) return;
    const text = this.#library.subject(this.#library.slotOf(id)!);
    this.#vectors!.set(id, this.#lsa.embed(text));
  }

  /** Where a query of these words stands: LSA's vector, else the one given. */
  vectorOf(terms: readonly number[], given: Float32Array | undefined): Float32Array | undefined {
    return this.#lsa ? this.#lsa.embed(terms) : given;
  }

  /** A paper's vector. */
  vector(id: string): Float32Array | undefined {
    return this.#vectors?.get(id);
  }

  /**
   * The `k` slots whose vectors have the largest cosines with one, best first, if these lie at
   * least a standard deviation above the mean of all: every vector has some cosine, few say
   * anything. Compares all vectors.
   */
  nearest(
    vector: Float32Array | undefined,
    k: number,
    allowed: (slot: number) => boolean,
  ): number[] {
    if (!this.#vectors || !vector) return [];
    const slots = this.#currentSlots(this.#vectors);
    const cosines = this.#vectors.cosines(vector);
    const scores = new Float64Array(this.#library.words.slots);
    const least = meanPlusDeviation(cosines) - ROUNDING;
    for (let row = 0; row < cosines.length; row++) {
      if (!(cosines[row]! >= least && cosines[row]! > 0)) continue;
      const slot = slots[row]!;
      if (slot >= 0 && allowed(slot)) scores[slot] = cosines[row]!;
    }
    return top(scores, scores.length, k, this.#library.earlier);
  }

  #currentSlots(vectors: Vectors): Int32Array {
    const { ids } = vectors;
    const { version } = this.#library;
    const known = this.#slotsOf?.vectors === vectors && this.#slotsOf.version === version;
    if (!known || this.#slots.length !== ids.length) {
      this.#slots = Int32Array.from(ids, (id) => this.#library.slotOf(id) ?? -1);
      this.#slotsOf = { vectors, version };
    }
    return this.#slots;
  }
}

function meanPlusDeviation(values: Float32Array): number {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  return mean + Math.sqrt(Math.max(0, squares / values.length - mean * mean));
}
