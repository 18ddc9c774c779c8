export const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean and 2 standard errors on either side. */
export function meanOf(values: readonly number[]): { value: number; interval: [number, number] } {
  const value = average(values);
  const square = values.reduce((sum, x) => sum + (x - value) ** 2, 0);
  const error = Math.sqrt(square / (values.length - 1) / values.length);
  return { value, interval: [value - 2 * error, value + 2 * error] };
}
