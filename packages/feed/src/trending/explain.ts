import {
  hackerNews,
  halfLives,
  redditHot,
  voteAging,
  warmth,
  weights,
  wilson,
} from "./formulas.ts";

/** What a paper is ranked by. */
export interface Ranked {
  readonly votes: number;
  readonly listedAt: Date | null;
  readonly heatDay: number;
  readonly heatWeek: number;
}

export interface TrendingFormula {
  readonly id: "decayed-day" | "decayed-week" | "hacker-news" | "reddit" | "wilson";
  readonly name: string;
  /** The formula, in TeX. */
  readonly tex: string;
  /** What it does, for readers. */
  readonly words: string;
  /** The larger the hotter. */
  score(paper: Ranked, now: Date): number;
}

const since = (paper: Ranked, now: Date) =>
  (now.getTime() - (paper.listedAt ?? now).getTime()) / 3_600_000;

const decayed = (halfLife: number) =>
  `Each vote counts ${weights.vote}, each commenting author ${weights.comment}, and being listed ` +
  `${weights.listing}; all of it halves every ${halfLife} hours. A vote from an account that was ` +
  `made just now counts ${voteAging.first}, rising to ${weights.vote} in ${voteAging.days} days.`;

/** The scores that are stored and order the feed, and the others to compare them with. */
export const trendingFormulas: readonly TrendingFormula[] = [
  {
    id: "decayed-day",
    name: "Decayed votes, a day",
    tex: `\\log_2 \\sum_i w_i\\, 2^{t_i / ${halfLives.day}\\,\\mathrm{h}}`,
    words: decayed(halfLives.day),
    score: ({ heatDay }) => heatDay,
  },
  {
    id: "decayed-week",
    name: "Decayed votes, a week",
    tex: `\\log_2 \\sum_i w_i\\, 2^{t_i / ${halfLives.week}\\,\\mathrm{h}}`,
    words: decayed(halfLives.week),
    score: ({ heatWeek }) => heatWeek,
  },
  {
    id: "hacker-news",
    name: "Hacker News",
    tex: "\\frac{(v - 1)^{0.8}}{(t + 2)^{1.8}}",
    words: "Votes beyond the first, divided by a power of the hours since listing.",
    score: (paper, now) => hackerNews(paper.votes, since(paper, now)),
  },
  {
    id: "reddit",
    name: "Reddit",
    tex: "\\log_{10} \\max(v, 1) + t / 45000\\,\\mathrm{s}",
    words: "Ten times the votes are worth twelve and a half hours.",
    score: (paper, now) => redditHot(paper.votes, paper.listedAt ?? now),
  },
  {
    id: "wilson",
    name: "Wilson's lower bound",
    tex: "\\frac{\\hat p + z^2/2n - z \\sqrt{\\hat p (1 - \\hat p)/n + z^2/4n^2}}{1 + z^2/n}",
    words: "How sure the votes make us, whenever they were cast; it is made for votes against too.",
    score: ({ votes }) => wilson(votes, 0),
  },
];

/** Why a paper stands where it does: `as warm as 3.2 votes cast now`. */
export function explainHeat(paper: Ranked, now: Date, span: keyof typeof halfLives): string {
  const score = span === "day" ? paper.heatDay : paper.heatWeek;
  const votes = warmth(score, halfLives[span], now);
  const rounded = votes >= 10 ? Math.round(votes) : Math.round(votes * 10) / 10;
  return `as warm as ${rounded} ${rounded === 1 ? "vote" : "votes"} cast now`;
}
