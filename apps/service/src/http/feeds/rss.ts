import { type Channel, type Item, updatedAt } from "./channel.ts";
import { document, element, escapeXml } from "./xml.ts";

const namespaces = {
  version: "2.0",
  "xmlns:atom": "http://www.w3.org/2005/Atom",
  "xmlns:dc": "http://purl.org/dc/elements/1.1/",
};

/** The channel as RSS 2.0, with authors as Dublin Core creators: RSS's own want a mail address. */
export const rss = (channel: Channel): string =>
  document(
    element("rss", namespaces, [
      element("channel", {}, [
        element("title", {}, channel.title),
        element("link", {}, channel.home),
        element("description", {}, channel.description),
        element("language", {}, "en"),
        element("lastBuildDate", {}, updatedAt(channel).toUTCString()),
        element("ttl", {}, "60"),
        element("atom:link", { rel: "self", type: "application/rss+xml", href: channel.self }),
        ...channel.items.map(item),
      ]),
    ]),
  );

const item = ({ id, url, title, summary, authors, tags, publishedAt }: Item) =>
  element("item", {}, [
    element("title", {}, title),
    element("link", {}, url),
    element("guid", { isPermaLink: "false" }, id),
    element("pubDate", {}, publishedAt.toUTCString()),
    ...authors.map((name) => element("dc:creator", {}, name)),
    ...tags.map((tag) => element("category", {}, tag)),
    // Readers take the description for HTML: what is text has to be escaped for that too.
    element("description", {}, `<p>${escapeXml(summary).replace(/\n\n/g, "</p><p>")}</p>`),
  ]);
