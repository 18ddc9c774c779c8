/** Bytes of one RGB pixel: the distance to the byte on the left. */
const bpp = 3;

/**
 * Undoes the filter of one row of 8-bit RGB pixels (W3C PNG, section 9): `pixels` holds the rows
 * before, each of `stride` bytes, and receives this one at `at`. Returns false where `filter` is
 * none of 0..4. O(stride).
 */
export function unfilterRow(
  filter: number,
  row: Uint8Array,
  pixels: Uint8Array,
  at: number,
): boolean {
  const stride = row.length;
  const left = (i: number) => (i < bpp ? 0 : (pixels[at + i - bpp] as number));
  const up = (i: number) => (at < stride ? 0 : (pixels[at + i - stride] as number));
  const upLeft = (i: number) =>
    i < bpp || at < stride ? 0 : (pixels[at + i - stride - bpp] as number);
  switch (filter) {
    case 0:
      pixels.set(row, at);
      return true;
    case 1:
      for (let i = 0; i < stride; i++) pixels[at + i] = (row[i] as number) + left(i);
      return true;
    case 2:
      for (let i = 0; i < stride; i++) pixels[at + i] = (row[i] as number) + up(i);
      return true;
    case 3:
      for (let i = 0; i < stride; i++) {
        pixels[at + i] = (row[i] as number) + ((left(i) + up(i)) >> 1);
      }
      return true;
    case 4:
      for (let i = 0; i < stride; i++) {
        pixels[at + i] = (row[i] as number) + paeth(left(i), up(i), upLeft(i));
      }
      return true;
    default:
      return false;
  }
}

/** Whichever of left, up and upper left is nearest to left + up - upper left, in this order. */
function paeth(a: number, b: number, c: number): number {
  const toA = Math.abs(b - c);
  const toB = Math.abs(a - c);
  const toC = Math.abs(a + b - 2 * c);
  if (toA <= toB && toA <= toC) return a;
  return toB <= toC ? b : c;
}
