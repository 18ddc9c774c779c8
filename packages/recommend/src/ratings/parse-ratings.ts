import { checkType, domainError, shapeError } from "@daily-kernel/compute";
import { type Ratings, ratings } from "./ratings.ts";

/** Ratings with the names under which users and items came, by index. */
export interface NamedRatings extends Ratings {
  readonly userNames: readonly string[];
  readonly itemNames: readonly string[];
}

export interface ParseRatingsOptions {
  /** What separates fields; by default a tab, semicolon or comma, whichever the first line has. */
  separator?: string | undefined;
  /** Positions of user, item and rating on a line, from 0. Default [0, 1, 2]. */
  columns?: readonly [user: number, item: number, rating: number] | undefined;
  /** Names known already, whose indices are kept: parse a test set with the training set's. */
  like?: NamedRatings | undefined;
}

/**
 * Ratings from the text of a CSV file, a line a rating. A first line whose rating is no number is a
 * header; empty lines are passed over; names may be in double quotes ("" is a quote).
 *
 * @throws RangeError `ERR_SHAPE` for a line with too few fields, `ERR_DOMAIN` for a rating that is
 *   no finite number, an empty name or a cell that comes twice, naming the line.
 */
export function parseRatings(text: string, options: ParseRatingsOptions = {}): NamedRatings {
  checkType(typeof text === "string", "parseRatings", "text", "a string", text);
  const { columns = [0, 1, 2], like } = options;
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const first = lines.find((line) => line.trim() !== "") ?? "";
  const separator =
    options.separator ?? ["\t", ";", ","].find((mark) => first.includes(mark)) ?? ",";
  const names = [new Map<string, number>(), new Map<string, number>()] as const;
  for (const name of like?.userNames ?? []) names[0].set(name, names[0].size);
  for (const name of like?.itemNames ?? []) names[1].set(name, names[1].size);
  const index = (map: Map<string, number>, name: string): number => {
    const known = map.get(name) ?? map.size;
    map.set(name, known);
    return known;
  };
  const [user, item, rating]: [number[], number[], number[]] = [[], [], []];
  let header = true;
  lines.forEach((line, k) => {
    if (line.trim() === "") return;
    const fields = splitLine(line, separator);
    const [u, i, r] = columns.map((column) => fields[column]?.trim());
    if (u === undefined || i === undefined || r === undefined) {
      const most = Math.max(...columns) + 1;
      throw shapeError(
        `parseRatings: line ${k + 1} must have ${most} fields, got ${fields.length}`,
      );
    }
    const value = r === "" ? Number.NaN : Number(r);
    const skip = header && !Number.isFinite(value);
    header = false;
    if (skip) return;
    if (!Number.isFinite(value)) {
      throw domainError(`parseRatings: line ${k + 1}: the rating must be a number, got "${r}"`);
    }
    if (u === "" || i === "") {
      throw domainError(`parseRatings: line ${k + 1}: user and item must have names`);
    }
    user.push(index(names[0], u));
    item.push(index(names[1], i));
    rating.push(value);
  });
  const [users, items] = names.map((map) => map.size) as [number, number];
  if (rating.length === 0) throw shapeError("parseRatings: text holds no ratings");
  return {
    ...ratings({ users, items, user, item, rating }),
    userNames: [...names[0].keys()],
    itemNames: [...names[1].keys()],
  };
}

function splitLine(line: string, separator: string): string[] {
  if (!line.includes('"')) return line.split(separator);
  const fields: string[] = [];
  let field = "";
  let quoted = false;
  for (let k = 0; k < line.length; k++) {
    const c = line[k]!;
    if (c === '"' && quoted && line[k + 1] === '"') {
      field += c;
      k++;
    } else if (c === '"') quoted = !quoted;
    else if (!quoted && line.startsWith(separator, k)) {
      fields.push(field);
      field = "";
      k += separator.length - 1;
    } else field += c;
  }
  return [...fields, field];
}
