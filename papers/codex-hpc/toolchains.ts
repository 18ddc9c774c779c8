type NativeForge = typeof import("@daily-kernel/forge/node");

/** The part of the forge that starts compilers and processes; nothing in a browser. */
export async function nativeForge(): Promise<NativeForge | undefined> {
  if (typeof process === "undefined" || process.versions?.node === undefined) return undefined;
  const name = "@daily-kernel/forge/node";
  return (await import(/* @vite-ignore */ name)) as NativeForge;
}
