import { type Channel, type Item, updatedAt } from "./channel.ts";
import { document, element } from "./xml.ts";

/** The channel as Atom 1.0 (RFC 4287). */
export const atom = (channel: Channel): string =>
  document(
    element("feed", { xmlns: "http://www.w3.org/2005/Atom", "xml:lang": "en" }, [
      element("id", {}, channel.self),
      element("title", {}, channel.title),
      element("subtitle", {}, channel.description),
      element("updated", {}, updatedAt(channel).toISOString()),
      element("link", { rel: "self", type: "application/atom+xml", href: channel.self }),
      element("link", { rel: "alternate", type: "text/html", href: channel.home }),
      // An entry without authors takes the feed's.
      element("author", {}, [element("name", {}, "Daily Kernel")]),
      ...channel.items.map(entry),
    ]),
  );

const entry = (item: Item) =>
  element("entry", { "xml:lang": item.language }, [
    element("id", {}, item.id),
    element("title", { type: "text" }, item.title),
    element("link", { rel: "alternate", type: "text/html", href: item.url }),
    element("published", {}, item.publishedAt.toISOString()),
    element("updated", {}, item.updatedAt.toISOString()),
    ...item.authors.map((name) => element("author", {}, [element("name", {}, name)])),
    ...item.tags.map((term) => element("category", { term })),
    element("summary", { type: "text" }, item.summary),
  ]);
