/** A value as commands print it and files keep it: indented JSON that ends its line. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
