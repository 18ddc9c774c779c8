import { dataError } from "@daily-kernel/compute";

/** A record of SMART format: its number and its fields by their letter. */
export interface SmartRecord {
  readonly id: number;
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * Reads SMART format: `.I <number>` opens a record, `.T`, `.A`, `.B`, `.W` (a letter alone) open a
 * field. The lines of a field are joined by single spaces.
 */
export function smartRecords(text: string): SmartRecord[] {
  const records: { id: number; fields: Record<string, string> }[] = [];
  let field = "";
  for (const line of text.split(/\r?\n/)) {
    const opens = /^\.I\s+(\d+)\s*$/.exec(line);
    const letter = /^\.([A-Z])\s*$/.exec(line)?.[1];
    const words = line.trim().replace(/\s+/g, " ");
    if (opens) {
      records.push({ id: Number(opens[1]), fields: {} });
      field = "";
    } else if (letter !== undefined) {
      field = letter;
    } else if (words !== "") {
      const fields = records.at(-1)?.fields;
      if (fields === undefined || field === "") {
        throw dataError(`smartRecords: text before the first field: "${words}"`);
      }
      const before = fields[field];
      fields[field] = before === undefined ? words : `${before} ${words}`;
    }
  }
  return records;
}
