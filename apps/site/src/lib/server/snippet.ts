/** The first TypeScript block of a README: its example, which a test of the library runs. */
export function firstExample(readme: string): string | null {
  return /^```ts\n([\s\S]*?)\n```$/m.exec(readme.replaceAll("\r\n", "\n"))?.[1] ?? null;
}
