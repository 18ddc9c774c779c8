/** Images, row-major `[n, height, width, channels]`, 0..255, each with the index of its class. */
export interface LabelledImages {
  readonly images: Uint8Array;
  /** `n` indices into `classNames`. */
  readonly labels: Uint8Array;
  readonly n: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly classNames: readonly string[];
}

/** Images in the split that their makers published. */
export interface ImageSplit {
  readonly train: LabelledImages;
  readonly test: LabelledImages;
}

/** A row-major matrix of doubles, `rows` x `cols`, with the names of its columns. */
export interface Table {
  readonly data: Float64Array;
  readonly rows: number;
  readonly cols: number;
  readonly columns: readonly string[];
}
