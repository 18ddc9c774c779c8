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
      const { point, parent } = choose(space, context, { strategy, rng, horizon });
      const candidate = { ...space.render(point), language: space.language, point };
      return parent === undefined ? candidate : { ...candidate, parent };
    },
  };
}

interface Choice {
  readonly strategy: Strategy;
  readonly rng: Rng;
  readonly horizon: number;
}

interface Chosen {
  readonly point: Point;
  readonly parent?: number;
}

function choose(space: TemplateSpace, context: CoderContext, choice: Choice): Chosen {
  const { attempts } = context;
  const { strategy, rng } = choice;
  if (attempts.length === 0) return { point: space.start };
  const seen = new Set(attempts.map(({ proposal }) => keyOf(space, proposal.point ?? {})));
  const isNew = (point: Point) => !seen.has(keyOf(space, point));
  if (strategy !== "random") {
    const best = bestOf(attempts) ?? attempts[0]!;
    if (strategy === "advised") {
      const next = advised(space, context, best).find(({ point }) => isNew(point));
      if (next) return next;
    }
    const from = strategy === "anneal" ? annealed(attempts, choice) : best;
    const around = neighbours(space, from.proposal.point ?? space.start).filter(isNew);
    if (around.length > 0)
      return { point: around[rng.integer(around.length)]!, parent: from.round };
  }
  for (let tries = 0; tries < 200; tries++) {
    const point = randomPoint(space, rng);
    if (isNew(point)) return { point };
  }
  return { point: randomPoint(space, rng) };
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
 * Where the Judge's method leads from the best, and from the last candidate if that was correct: the
 * best goes first, since the last one is either the best or a step that did not help.
 */
function advised(space: TemplateSpace, { last, advice }: CoderContext, best: Attempt): Chosen[] {
  if (!advice || !("optimisation_method" in advice)) return [];
  const { optimisation_method, modification_plan, bottleneck } = advice;
  const method = methodIn(optimisation_method) ?? methodIn(`${modification_plan} ${bottleneck}`);
  const shifts = method ? (space.moves[method] ?? []) : [];
  return [best, ...(last?.correct ? [last] : [])].flatMap(({ proposal, round }) =>
    shifts.flatMap((shift) => {
      const point = proposal.point ? shifted(space, proposal.point, shift) : null;
      return point ? [{ point, parent: round }] : [];
    }),
  );
}

/** The attempt at which a chain of Metropolis steps over all of them stands. */
function annealed(attempts: readonly Attempt[], { rng, horizon }: Choice): Attempt {
  let here = attempts[0]!;
  for (const [k, attempt] of attempts.entries()) {
    if (k === 0) continue;
    const temperature = 0.5 * (1 - Math.min(k, horizon) / (horizon + 1));
    const gain = Math.log(Math.max(speedOf(attempt), 1e-9) / Math.max(speedOf(here), 1e-9));
    if (attempt.correct && rng.spawn(k).uniform() < Math.exp(gain / temperature)) here = attempt;
  }
  return here;
}
