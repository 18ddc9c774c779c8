/** An npm tarball: its exact version, the size of the archive and its integrity as npm writes it. */
export interface NpmTarball {
  readonly package: string;
  readonly version: string;
  /** Size of the `.tgz` in bytes: what an on-demand fetch downloads. */
  readonly bytes: number;
  /** Subresource integrity of the `.tgz` (`sha512-` and base64). */
  readonly integrity: string;
}

/**
 * Where a file comes from: a path inside an npm tarball, a path inside the user's data folder
 * (`DAILY_KERNEL_DATA`), or an address that the user downloads into `<data folder>/<data set>/`.
 */
export type Origin =
  | { readonly npm: NpmTarball; readonly path: string }
  | { readonly folder: string }
  | { readonly download: string };

/** One file of a data set, pinned by its size and SHA-256 (64 lower-case hexadecimal digits). */
export interface DataFile {
  /** The file's name inside its data set: the key under which `parse` receives it. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly from: Origin;
}

/** The terms of a data set, and whether they let a server hand the files to its readers. */
export interface Licence {
  readonly name: string;
  readonly serve: boolean;
  /** One sentence to show beside the data: attribution, and what is not confirmed. */
  readonly note: string;
}

/** The bytes of a data set's files by `DataFile.path`, each already checked against its SHA-256. */
export type FileBytes = ReadonlyMap<string, Uint8Array>;

/** A real data set: what it is, whose it is, which bytes it consists of, and how to read them. */
export interface Dataset<T> {
  /** Lower-case words joined by hyphens. */
  readonly name: string;
  readonly title: string;
  readonly licence: Licence;
  /** Address or citation of the data's makers. */
  readonly origin: string;
  readonly files: readonly DataFile[];
  /**
   * Decodes the files and checks counts and ranges; throws `ERR_DATA` where they are wrong. A
   * `parse` that takes long looks at `signal` now and then.
   */
  parse(files: FileBytes, signal?: AbortSignal): T | Promise<T>;
}

/**
 * Bytes so far and in all. While `phase` is `fetch` (an npm tarball is on its way) `done` stays 0
 * until the tarball has arrived, because npm does not tell how far it is.
 */
export interface LoadProgress {
  readonly phase: "fetch" | "read";
  readonly done: number;
  readonly total: number;
}

export interface LoadOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined;
}

/** Yields every file of a data set, verified, or throws `ERR_DATA` that says how to obtain it. */
export interface DataSource {
  read(dataset: Dataset<unknown>, options?: LoadOptions): Promise<FileBytes>;
}
