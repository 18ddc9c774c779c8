/** A model that gives texts vectors, so that like texts have a large cosine. */
export interface Embedder {
  /** Kept with every vector; vectors of different models are never compared. */
  readonly name: string;
  readonly dimension: number;
  /** One vector a text. @throws the signal's reason. */
  embed(
    texts: readonly string[],
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<Float32Array[]>;
  /** Ends its thread, if it has one. */
  close?(): Promise<void>;
}

/** What a thread runs of an embedder: one text at a time. */
export interface Model {
  readonly name: string;
  readonly dimension: number;
  embedOne(text: string): Promise<Float32Array>;
}
