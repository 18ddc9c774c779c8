/** How often each word, by its number, is in a text; in the order of their first appearance. */
export function occurrences(text: ArrayLike<number>): Map<number, number> {
  const counts = new Map<number, number>();
  for (let i = 0; i < text.length; i++) counts.set(text[i]!, (counts.get(text[i]!) ?? 0) + 1);
  return counts;
}
