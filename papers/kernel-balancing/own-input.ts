import { domainError, Rng } from "@daily-kernel/compute";
import { kernelBalance, parseRatings } from "@daily-kernel/recommend";
import { defineOwnInput } from "@daily-kernel/reproduction";
import { compare } from "./compare.ts";
import { aucFigure } from "./figures.ts";
import { mean } from "./intervals.ts";
import { learners } from "./learners.ts";
import { likesTask } from "./likes-task.ts";
import { tuned } from "./tuned.ts";

const methods = ["MF", "IPS", "KB-IPS"] as const;
const MOST_RATINGS = 100_000;

/** Thirty readers and twenty books: each rates what it likes rather, and six that were drawn for it. */
function madeUp(): { readonly chosen: string; readonly shown: string } {
  const rng = new Rng(1);
  const chosen: string[] = [];
  const shown: string[] = [];
  for (let user = 0; user < 30; user++) {
    const books = Array.from({ length: 20 }, (_, item) => {
      const taste = 1.5 * Math.cos(3 * item) + Math.cos(user + item) + 0.4 * rng.normal();
      const stars = Math.min(5, Math.max(1, Math.round(3 + taste)));
      return { line: `reader ${user}, book ${item}, ${stars}`, stars, turn: rng.uniform() };
    });
    books.sort((a, b) => a.turn - b.turn);
    shown.push(...books.slice(0, 6).map(({ line }) => line));
    const rest = books.slice(6).sort((a, b) => b.stars - 4 * b.turn - (a.stars - 4 * a.turn));
    chosen.push(...rest.slice(0, 8).map(({ line }) => line));
  }
  return { chosen: chosen.join("\n"), shown: shown.join("\n") };
}
const example = madeUp();

/** The comparison of the paper on ratings of one's own: those chosen, and those shown at random. */
export const ownInput = defineOwnInput({
  fields: {
    chosen: {
      kind: "text",
      label: "Paste ratings that people chose to give, one a line: user, item, rating.",
      example: example.chosen,
    },
    shown: {
      kind: "text",
      label: "Paste ratings of items that the same people were shown at random, in the same form.",
      example: example.shown,
    },
    like: {
      kind: "integer",
      label: "A like is a rating of at least",
      min: -100,
      max: 100,
      initial: 4,
    },
    seeds: { kind: "integer", label: "Seeds", min: 1, max: 10, initial: 3 },
  },
  async run({ chosen: chosenText, shown: shownText, like, seeds }, lab) {
    await lab.progress(0, "reading ratings");
    const read = (label: string, text: string, known?: ReturnType<typeof parseRatings>) => {
      try {
        return parseRatings(text, known && { like: known });
      } catch (cause) {
        throw Object.assign(new RangeError(`${label}: ${(cause as Error).message}`), {
          code: "ERR_DOMAIN",
        });
      }
    };
    const chosen = read("chosen ratings", chosenText);
    const randomised = read("ratings shown at random", shownText, chosen);
    const stranger = randomised.userNames[chosen.users] ?? randomised.itemNames[chosen.items];
    if (stranger !== undefined)
      throw domainError(
        `ratings shown at random: "${stranger}" is not among those of the chosen ratings`,
      );
    const count = chosen.rating.length + randomised.rating.length;
    if (count > MOST_RATINGS)
      throw domainError(`expected at most ${MOST_RATINGS} ratings together, got ${count}`);
    const found = await compare(
      // A small set spares more for the propensities.
      (rng) => likesTask({ chosen, randomised }, rng, { like, share: count < 5000 ? 0.25 : 0.05 }),
      { methods: [...methods, "MF with biases"], settings: tuned, released: [], seeds },
      learners,
      kernelBalance,
      (name) => lab.rng(name),
      (done, doing) => lab.progress(done, doing),
    );
    return {
      facts: [
        { label: "Users and items", value: `${chosen.users} and ${chosen.items}` },
        {
          label: "Mean rating, chosen and shown at random",
          value: [chosen, randomised]
            .map(({ rating }) => mean([...rating]).toFixed(2))
            .join(" and "),
        },
        ...methods.map((method) => ({
          label: `AUC of ${method} on what was shown at random`,
          value: mean(found.auc[method]!).toFixed(3),
        })),
        {
          label: "Imbalance on kernel functions that were not balanced, after over before",
          value: mean(found.unseen).toFixed(3),
        },
      ],
      figures: [aucFigure(found)],
    };
  },
});
