/** Maxima of `factor` neighbouring rows, and where each stands; all values are >= 0. */
export function poolRows(x: Float32Array, rows: number, channels: number, factor: number) {
  const out = new Float32Array((rows / factor) * channels);
  const places = new Int32Array(out.length);
  for (let r = 0; r < rows / factor; r++) {
    for (let c = 0; c < channels; c++) {
      let place = r * factor * channels + c;
      for (let k = 1; k < factor; k++) {
        const next = (r * factor + k) * channels + c;
        if (x[next]! > x[place]!) place = next;
      }
      out[r * channels + c] = x[place]!;
      places[r * channels + c] = place;
    }
  }
  return { out, places };
}

/**
 * For each sequence the maximum of every channel over its rows, and log(1 + sum): a count of how
 * often a channel fires, on the scale of the targets. Written to `features` at `offset`.
 */
export function summarise(
  x: Float32Array,
  channels: number,
  begins: Int32Array,
  factor: number,
  features: Float32Array,
  width: number,
  offset: number,
): Int32Array {
  const places = new Int32Array((begins.length - 1) * channels);
  for (let s = 0; s + 1 < begins.length; s++) {
    const [from, to] = [begins[s]! / factor, begins[s + 1]! / factor];
    for (let c = 0; c < channels; c++) {
      let place = from * channels + c;
      let sum = 0;
      for (let i = place; i < to * channels; i += channels) {
        sum += x[i]!;
        if (x[i]! > x[place]!) place = i;
      }
      features[s * width + offset + c] = x[place]!;
      features[s * width + offset + channels + c] = Math.log1p(sum);
      places[s * channels + c] = place;
    }
  }
  return places;
}

/** Adds the gradient of `summarise` to dx, for the gradient d of the features. */
export function summariseBack(
  dx: Float32Array,
  places: Int32Array,
  channels: number,
  begins: Int32Array,
  factor: number,
  features: Float32Array,
  d: Float32Array,
  width: number,
  offset: number,
): void {
  for (let s = 0; s + 1 < begins.length; s++) {
    const [from, to] = [begins[s]! / factor, begins[s + 1]! / factor];
    for (let c = 0; c < channels; c++) {
      const at = s * width + offset + c;
      dx[places[s * channels + c]!]! += d[at]!;
      const dSum = d[at + channels]! * Math.exp(-features[at + channels]!);
      for (let i = from * channels + c; i < to * channels; i += channels) dx[i]! += dSum;
    }
  }
}
