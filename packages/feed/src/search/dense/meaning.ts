import { inputError } from "../../feed-error.ts";
import type { Library } from "../library.ts";
import { type LsaFactors, sampleForLsa } from "../lsa/fit-lsa.ts";
import { Lsa } from "../lsa/lsa.ts";
import { Vectors } from "./vectors.ts";

/** Texts that come, change or go before LSA looks at them again, as a part of those it saw. */
const RENEWED = 0.5;
/** What ranks papers by meaning: the vectors of a model, or of latent semantic analysis. */
export class Meaning {
  readonly #library: Library;
  #vectors: Vectors | undefined;
  #lsa: Lsa | undefined;
  /** The analysis that takes over once every paper waiting has its vector. */
  #next: { lsa: Lsa; vectors: Vectors; waiting: string[] } | undefined;
  /** What there was when LSA last looked. */
  #seen: { size: number; changes: number } | undefined;
  /** The slot of each vector's paper, -1 where it is not there, and what that was read of. */
  #slots = new Int32Array();
  #slotsOf: { vectors: Vectors; version: number } | undefined;

  constructor(library: Library) {
    this.#library = library;
  }

  /** The model's name, `lsa`, or `none` where there are no vectors. */
  get name(): string {
    return this.#vectors && this.#vectors.ids.length > 0 ? this.#vectors.model : "none";
  }

  /** How many of the papers have a vector. */
  get size(): number {
    return this.#vectors ? this.#currentSlots(this.#vectors).filter((slot) => slot >= 0).length : 0;
  }

  useModel(model: string, dimension: number): void {
    this.#drop();
    this.#seen = undefined;
    this.#vectors = new Vectors(model, dimension);
  }

  setVector(id: string, vector: Float32Array): void {
    if (!this.#vectors || this.#lsa) throw inputError("SearchIndex.setVector: no model is in use");
    this.#vectors.set(id, vector);
  }

  textsForLsa(): Uint32Array[] | undefined {
    const { size, changes, ids } = this.#library;
    const enough = Math.max(1, RENEWED * (this.#seen?.size ?? 0));
    if (changes - (this.#seen?.changes ?? 0) < enough) return undefined;
    this.#seen = { size, changes };
    return sampleForLsa(ids).map((id) => this.#library.subject(this.#library.slotOf(id)!));
  }

  beginLsa(factors: LsaFactors | undefined): void {
    // A model's vectors have nothing to do with LSA's: they go at once.
    if (!factors || !this.#lsa) this.#drop();
    this.#next?.vectors.dispose();
    this.#next = factors && {
      lsa: new Lsa(factors),
      vectors: new Vectors("lsa", factors.dimension),
      waiting: this.#library.ids,
    };
  }

  continueLsa(count: number): boolean {
    if (!this.#next) return false;
    const { lsa, vectors, waiting } = this.#next;
    for (const id of waiting.splice(Math.max(0, waiting.length - count))) {
      this.#project(id, lsa, vectors);
    }
    if (waiting.length > 0) return true;
    this.#vectors?.dispose();
    this.#vectors = vectors;
    this.#lsa = lsa;
    this.#next = undefined;
    return false;
  }

  /** Gives a paper that is new its vector, where LSA makes them. */
  project(id: string): void {
    if (this.#lsa) this.#project(id, this.#lsa, this.#vectors!);
    if (this.#next) this.#project(id, this.#next.lsa, this.#next.vectors);
  }

  #project(id: string, lsa: Lsa, vectors: Vectors): void {
    const slot = this.#library.slotOf(id);
    if (slot !== undefined) vectors.set(id, lsa.embed(this.#library.subject(slot)));
  }

  #drop(): void {
    this.#vectors?.dispose();
    this.#next?.vectors.dispose();
    this.#vectors = undefined;
    this.#lsa = undefined;
    this.#next = undefined;
  }

  /** Where a query of these words stands: LSA's vector, else the one given. */
  vectorOf(terms: readonly number[], given: Float32Array | undefined): Float32Array | undefined {
    return this.#lsa ? this.#lsa.embed(terms) : given;
  }

  /** A paper's vector. */
  vector(id: string): Float32Array | undefined {
    return this.#vectors?.get(id);
  }

  /** The `k` allowed slots whose vectors are nearest to one, best first; see `Vectors.nearest`. */
  nearest(
    vector: Float32Array | undefined,
    k: number,
    allowed: (slot: number) => boolean,
  ): number[] {
    if (!this.#vectors || !vector) return [];
    const slots = this.#currentSlots(this.#vectors);
    const { earlier } = this.#library;
    return this.#vectors
      .nearest(
        vector,
        k,
        (a, b) => earlier(slots[a]!, slots[b]!),
        (row) => slots[row]! >= 0 && allowed(slots[row]!),
      )
      .map((row) => slots[row]!);
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
