export { newId } from "./database/id.ts";
export { DataDirectoryInUse } from "./database/lock.ts";
export { type Database, type Db, json, openDatabase, type Place } from "./database/open.ts";
export type * from "./database/tables.ts";
