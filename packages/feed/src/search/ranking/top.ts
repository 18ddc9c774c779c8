/**
 * The `k` largest scores above zero, best first: indices of `scores` that are `allowed`. Equal scores
 * stand in the order of `earlier` (a total order of the indices). A score that is not a number has
 * no rank. Time n + m log k for m that are among the best so far; only of these `allowed` is asked.
 */
export function top(
  scores: Float64Array | Float32Array,
  k: number,
  earlier: (a: number, b: number) => boolean,
  allowed: (index: number) => boolean = () => true,
): number[] {
  if (k === 0) return [];
  const heap: number[] = [];
  /** Whether a is behind b in the ranking. */
  const behind = (a: number, b: number) =>
    scores[a]! < scores[b]! || (scores[a] === scores[b] && earlier(b, a));
  /** The last of the best, once there are k. */
  let least = 0;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (!(score > 0 && score >= least)) continue;
    if (heap.length < k) {
      if (!allowed(i)) continue;
      heap.push(i);
      rise(heap, behind);
    } else {
      if (!(behind(heap[0]!, i) && allowed(i))) continue;
      heap[0] = i;
      sink(heap, behind);
    }
    if (heap.length === k) least = scores[heap[0]!]!;
  }
  return heap.sort((a, b) => (behind(a, b) ? 1 : -1));
}

type Behind = (a: number, b: number) => boolean;

function rise(heap: number[], behind: Behind): void {
  for (let i = heap.length - 1; i > 0; ) {
    const parent = (i - 1) >> 1;
    if (!behind(heap[i]!, heap[parent]!)) return;
    swap(heap, i, parent);
    i = parent;
  }
}

function sink(heap: number[], behind: Behind): void {
  for (let i = 0; ; ) {
    let last = i;
    for (let child = 2 * i + 1; child <= 2 * i + 2 && child < heap.length; child++) {
      if (behind(heap[child]!, heap[last]!)) last = child;
    }
    if (last === i) return;
    swap(heap, i, last);
    i = last;
  }
}

function swap(heap: number[], i: number, j: number): void {
  const kept = heap[i]!;
  heap[i] = heap[j]!;
  heap[j] = kept;
}
