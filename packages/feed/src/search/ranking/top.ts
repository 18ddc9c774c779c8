/**
 * The `k` largest scores above zero, best first: indices of `scores`. Equal scores stand in the
 * order of `earlier` (a total order of the indices). A score that is not a number has no rank.
 * Time n + m log k for m new entries of the heap.
 */
export function top(
  scores: Float64Array | Float32Array,
  n: number,
  k: number,
  earlier: (a: number, b: number) => boolean,
): number[] {
  const heap: number[] = [];
  /** Whether a is behind b in the ranking. */
  const behind = (a: number, b: number) =>
    scores[a]! < scores[b]! || (scores[a] === scores[b] && earlier(b, a));
  for (let i = 0; i < n; i++) {
    if (!(scores[i]! > 0)) continue;
    if (heap.length < k) {
      heap.push(i);
      rise(heap, behind);
    } else if (k > 0 && behind(heap[0]!, i)) {
      heap[0] = i;
      sink(heap, behind);
    }
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
    for (const child of [2 * i + 1, 2 * i + 2]) {
      if (child < heap.length && behind(heap[child]!, heap[last]!)) last = child;
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
