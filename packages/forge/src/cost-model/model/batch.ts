/**
 * Token sequences laid end to end: each takes a multiple of 8 rows, at least 8 of them empty (token
 * 0), so that no window sees a neighbour and pooling by 2, 4 and 8 comes out even.
 */
export interface Batch {
  readonly ids: Int32Array;
  /** First row of each sequence and, last, the number of rows. */
  readonly begins: Int32Array;
  /** Tokens of each sequence. */
  readonly lengths: Int32Array;
}

/** The first `longest` tokens of each sequence. */
export function batchOf(sequences: readonly Int32Array[], longest: number): Batch {
  const lengths = Int32Array.from(sequences, (ids) => Math.min(longest, ids.length));
  const begins = new Int32Array(sequences.length + 1);
  for (const [i, length] of lengths.entries())
    begins[i + 1] = begins[i]! + 8 * (Math.ceil(length / 8) + 1);
  const ids = new Int32Array(begins[sequences.length]!);
  for (const [i, sequence] of sequences.entries())
    ids.set(sequence.subarray(0, lengths[i]!), begins[i]!);
  return { ids, begins, lengths };
}
