export class Levels {
  /**
   * Seven digits scrambled by the 127 bits `a` (levels 1-3 and 4-6, as trees of three levels) and
   * `b` (the seventh). `lookup` holds the 8 images under each tree of three levels.
   */
  @inline
  static scramble7(a: u64, b: u64, digits: u64, lookup: usize): u64 {
    const top = digits >> 4;
    const first = load<u8>(lookup + <usize>(((a & 127) << 3) | top));
    const middle = (digits >> 1) & 7;
    const second = load<u8>(lookup + <usize>((((a >> (7 + 7 * top)) & 127) << 3) | middle));
    return (u64(first) << 4) | (u64(second) << 1) | ((digits ^ (b >> (digits >> 1))) & 1);
  }

  /** The first `bits` (1..64) of 64 digits. */
  @inline
  static mask(bits: i32): u64 {
    return u64(-1) << u64(64 - bits);
  }
}
