import { topicCounts } from "@daily-kernel/feed/node";
import { field } from "./forms.ts";
import { service } from "./service.ts";

/** The words that a subscriber agrees to; kept with the consent. */
export const consentText =
  "Send me the digest at this address as often as I chose. I can end it in every mail with one click.";

/** What the form of a subscription says. Fields are checked where they are stored. */
export function preferencesOf(form: FormData) {
  return {
    frequency: field(form, "frequency") as "daily" | "weekly" | "never",
    topics: form.getAll("topic").map(String),
    hour: Number(field(form, "hour")),
    zone: field(form, "zone"),
    weekday: Number(field(form, "weekday") || 1),
  };
}

/** What the form offers. */
export async function subscriptionChoices() {
  const topics = (await topicCounts(service().db)).map(({ topic }) => topic).sort();
  return { topics, zones: Intl.supportedValuesOf("timeZone") };
}
