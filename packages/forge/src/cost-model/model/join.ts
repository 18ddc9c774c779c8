/** Rows of a [rows, n] and of b [rows, m] side by side: [rows, n + m]. */
export function beside(a: Float32Array, b: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const width = a.length / b.length;
  const extra = b[0]?.length ?? 0;
  const out = new Float32Array(a.length + b.length * extra);
  for (const [r, row] of b.entries()) {
    out.set(a.subarray(r * width, (r + 1) * width), r * (width + extra));
    out.set(row, r * (width + extra) + width);
  }
  return out;
}
