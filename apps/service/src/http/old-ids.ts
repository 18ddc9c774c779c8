const oldId =
  /^\/(api\/)?(papers|arxiv)\/([a-z-]+(?:\.[A-Za-z-]{2,10})?)\/(\d{7})(?=$|v\d|\.md$|\/)/;

/**
 * arXiv ids of before 2007 hold a slash (`hep-th/9901001`), which clients do not always escape: the
 * path with that slash as `%2F`, so that the id is one segment.
 */
export const escapeOldId = (path: string): string =>
  path.replace(
    oldId,
    (_, api = "", place, archive, number) => `/${api}${place}/${archive}%2F${number}`,
  );
