import { models } from "./feed/models.ts";

export const about = "search by sentence models: installs 700 MB, embeds for some minutes";

export async function run(): Promise<void> {
  await models();
}
