/** Numbers as base64 of half-precision words, little-endian: a model's weights in a quarter of their text. */
export function encodeHalf(x: Float32Array): string {
  const bytes = new Uint8Array(2 * x.length);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of x.entries()) view.setUint16(2 * i, toHalf(value), true);
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

export function decodeHalf(text: string): Float32Array {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 2 }, (_, i) =>
    fromHalf(view.getUint16(2 * i, true)),
  );
}

const single = new DataView(new ArrayBuffer(4));

/** IEEE binary16, rounded to nearest; what is too small becomes 0, what is too large stays the largest. */
function toHalf(value: number): number {
  single.setFloat32(0, value);
  const bits = single.getUint32(0);
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 255) - 112;
  if (exponent <= 0) return sign | Math.round(Math.abs(value) * 2 ** 24);
  const rounded = (exponent << 10) + (((bits & 0x7fffff) + 0x1000) >>> 13);
  return sign | Math.min(0x7bff, rounded);
}

function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 31;
  const fraction = half & 1023;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}
