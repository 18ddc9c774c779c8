import { Rng } from "@daily-kernel/compute";
import type { Attempt, Coder, CoderContext, Point } from "../attempt.ts";
import { methodIn } from "../templates/methods.ts";
import { keyOf, neighbours, randomPoint, shifted, type TemplateSpace } from "../templates/space.ts";

/** How a template coder chooses the next point. */
export type Strategy =
  /** By the Judge's method, from the best so far; by a neighbour of it where that leads nowhere new. */
  | "advised"
  /** Any point that was not tried. */
  | "random"
  /** A neighbour of the best so far, at random; any point when all were tried. */
  | "hill-climb"
  /** Metropolis steps between neighbours while a temperature falls (Kirkpatrick et al. 1983). */
  | "anneal";

interface Options {
  readonly strategy?: Strategy;
  readonly seed?: number | bigint;
  /** Rounds over which annealing cools down (30). */
  readonly horizon?: number;
}

/**
 * A Coder without a model: it chooses points of a template space and writes their kernels. The first
 * is the space's plain kernel. What it proposes depends on the attempts so far and the seed alone,
 * so a run that was killed goes on as it would have.
 */
export function templateCoder(
  space: TemplateSpace,
  { strategy = "advised", seed = 0, horizon = 30 }: Options = {},
): Coder {
  return {
    name: `template ${space.task} (${strategy}, seed ${seed})`,
    async propose(context) {
      const rng = new Rng(seed, `template ${context.round}`);
      const point = choose(space, context, { strategy, rng, horizon });
      return { ...space.render(point), language: space.language, point };
    },
  };
}

interface Choice {
  readonly strategy: Strategy;
  readonly rng: Rng;
  readonly horizon: number;
}

function choose(space: TemplateSpace, context: CoderContext, choice: Choice): Point {
  const { attempts } = context;
  if (attempts.length === 0) return space.start;
  const seen = new Set(attempts.map(({ proposal }) => keyOf(space, proposal.point ?? {})));
  const fresh = (points: readonly Point[]) =>
    points.filter((point) => !seen.has(keyOf(space, point)));
  const { strategy, rng } = choice;
  const anywhere = () => {
    for (let tries = 0; tries < 200; tries++) {
      const point = randomPoint(space, rng);
      if (!seen.has(keyOf(space, point))) return point;
    }
    return randomPoint(space, rng);
  };
  if (strategy === "random") return anywhere();
  const best = bestOf(attempts);
  if (strategy === "anneal") {
    const here = annealed(attempts, choice);
    const next = fresh(neighbours(space, here));
    return next.length > 0 ? next[rng.integer(next.length)]! : anywhere();
  }
  const base = best?.proposal.point ?? space.start;
  if (strategy === "advised") {
    const next = fresh(advised(space, context, base))[0];
    if (next) return next;
  }
  const around = fresh(neighbours(space, base));
  return around.length > 0 ? around[rng.integer(around.length)]! : anywhere();
}

const bestOf = (attempts: readonly Attempt[]): Attempt | null =>
  attempts
    .filter(({ correct }) => correct)
    .reduce<Attempt | null>(
      (best, attempt) => (speedOf(attempt) > (best ? speedOf(best) : 0) ? attempt : best),
      null,
    );

const speedOf = (attempt: Attempt) => attempt.timing?.speedup ?? 0;

/**
 * Where the Judge's method leads: from the last candidate, or from the best where the last was a step
 * back; after a rejected candidate back to the best and on from there.
 */
function advised(space: TemplateSpace, { last, advice }: CoderContext, best: Point): Point[] {
  if (!advice || !("optimisation_method" in advice)) return [];
  const method =
    methodIn(advice.optimisation_method) ??
    methodIn(`${advice.modification_plan} ${advice.bottleneck}`);
  const shifts = method ? (space.moves[method] ?? []) : [];
  const from = [last?.correct ? last.proposal.point : undefined, best].filter(
    (point) => point !== undefined,
  );
  // The best goes first: the last candidate is either the best or a step that did not help.
  return from
    .reverse()
    .flatMap((point) => shifts.map((shift) => shifted(space, point, shift)))
    .filter((point) => point !== null);
}

/** The point at which a chain of Metropolis steps over the attempts stands. */
function annealed(attempts: readonly Attempt[], { rng, horizon }: Choice): Point {
  let here = attempts[0]!;
  for (const [k, attempt] of attempts.entries()) {
    if (k === 0) continue;
    const temperature = 0.5 * (1 - Math.min(k, horizon) / (horizon + 1));
    const gain = Math.log(Math.max(speedOf(attempt), 1e-9) / Math.max(speedOf(here), 1e-9));
    if (attempt.correct && rng.spawn(k).uniform() < Math.exp(gain / temperature)) here = attempt;
  }
  return here.proposal.point ?? attempts[0]!.proposal.point!;
}
