/** The runs of three characters of a word with two spaces before it and one behind, as pg_trgm's. */
export function trigrams(word: string): Set<string> {
  const padded = `  ${word} `;
  const runs = new Set<string>();
  for (let i = 0; i + 3 <= padded.length; i++) runs.add(padded.slice(i, i + 3));
  return runs;
}

/** |A and B| / |A or B| of the two words' trigrams, 0..1: pg_trgm's `similarity`. */
export function trigramSimilarity(a: string, b: string): number {
  const left = trigrams(a);
  const right = trigrams(b);
  let common = 0;
  for (const run of left) if (right.has(run)) common++;
  return common / (left.size + right.size - common);
}
