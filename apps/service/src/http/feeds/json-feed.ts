import type { Channel } from "./channel.ts";

/** The channel as JSON Feed 1.1. */
export const jsonFeed = (channel: Channel) => ({
  version: "https://jsonfeed.org/version/1.1",
  title: channel.title,
  description: channel.description,
  home_page_url: channel.home,
  feed_url: channel.self,
  language: "en",
  items: channel.items.map((item) => ({
    id: item.id,
    url: item.url,
    title: item.title,
    content_text: item.summary,
    date_published: item.publishedAt.toISOString(),
    date_modified: item.updatedAt.toISOString(),
    authors: item.authors.map((name) => ({ name })),
    tags: [...item.tags],
    language: item.language,
  })),
});
