import { typeError } from "@daily-kernel/compute";

/** At most so many of every type, or of the types that are named (the others have no limit). */
export type PerType = number | Readonly<Record<string, number>>;

/** Counts the types that go by, and says of each whether it still has room. */
export function counter(perType: PerType | undefined): (type: string) => boolean {
  const seen = new Map<string, number>();
  const most = (type: string) =>
    typeof perType === "object"
      ? Object.hasOwn(perType, type)
        ? perType[type]!
        : Number.POSITIVE_INFINITY
      : (perType ?? Number.POSITIVE_INFINITY);
  return (type) => {
    const before = seen.get(type) ?? 0;
    if (before >= most(type)) return false;
    seen.set(type, before + 1);
    return true;
  };
}

/** @throws TypeError for a quota that is not a whole number >= 0. */
export function checkPerType(where: string, perType: PerType | undefined): void {
  if (perType === undefined) return;
  const given = typeof perType === "object" ? Object.entries(perType) : [["perType", perType]];
  for (const [type, quota] of given as [string, unknown][]) {
    if (!Number.isSafeInteger(quota) || (quota as number) < 0) {
      const name = typeof perType === "object" ? `perType.${type}` : "perType";
      throw typeError(`${where}: ${name} must be an integer >= 0, got ${String(quota)}`);
    }
  }
}
