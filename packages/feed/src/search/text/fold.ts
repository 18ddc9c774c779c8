/** Letters whose decomposition Unicode does not give. */
const letters: Readonly<Record<string, string>> = {
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  ħ: "h",
  ı: "i",
  ł: "l",
  ŋ: "n",
  ß: "ss",
  ŧ: "t",
  þ: "th",
};
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
const ascii = /^[\x00-\x7f]*$/;

/** Lower case without diacritics, for matching only: `Gödel`, `Godel` and `GÖDEL` are one. */
export function fold(text: string): string {
  if (ascii.test(text)) return text.toLowerCase();
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[æœøđðħıłŋßŧþ]/g, (letter) => letters[letter]!);
}
