/** The vector scaled to length 1; one of length 0, or as good as 0, becomes 0. */
export function unit(vector: Float32Array): Float32Array {
  let square = 0;
  for (const value of vector) square += value * value;
  const length = Math.sqrt(square);
  return length > 1e-12 ? vector.map((value) => value / length) : new Float32Array(vector.length);
}
