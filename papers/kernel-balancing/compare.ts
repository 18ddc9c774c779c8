import type { Rng } from "@daily-kernel/compute";
import { effectiveSampleSize, evaluate, type Ratings } from "@daily-kernel/recommend";
import type { LikesTask } from "./likes-task.ts";
import { featureOptions, type Learners, type Method, train } from "./methods.ts";
import { type ReleasedMethod, trainReleased } from "./released.ts";
import type { Searched } from "./search.ts";
import { type Balance, unseenRatio } from "./unseen.ts";

/** What every method reached on the randomised ratings, a number a seed. */
export interface Comparison {
  readonly auc: Record<string, number[]>;
  readonly ndcg: Record<string, number[]>;
  /** The same of the released code's methods, on all randomised ratings, as it has them. */
  readonly released: Record<string, number[]>;
  /** Imbalance on unseen kernel functions, after over before. */
  readonly unseen: number[];
  /** How many ratings the weights of IPS are worth, as a share of all. */
  readonly worth: number[];
}

export interface Contest {
  readonly methods: readonly Method[];
  readonly settings: Searched;
  readonly released: readonly ReleasedMethod[];
  readonly seeds: number;
}

/** Trains all methods on one seed's task after another. */
export async function compare(
  taskOf: (rng: Rng) => LikesTask,
  { methods, settings, released, seeds }: Contest,
  learn: Learners,
  balance: Balance,
  rng: (name: string) => Rng,
  breathe: (done: number, doing: string) => Promise<void>,
): Promise<Comparison> {
  const out: Comparison = { auc: {}, ndcg: {}, released: {}, unseen: [], worth: [] };
  const parts = methods.length + released.length + 1;
  for (let seed = 0; seed < seeds; seed++) {
    const task = taskOf(rng(`task ${seed}`));
    const run = (part: number, doing: string) => ({
      rng: rng(`model ${seed}`),
      onProgress: (done: number) =>
        done % 5 === 0 ? breathe((seed + part / parts) / seeds, doing) : Promise.resolve(),
    });
    const learned = await learn.plain(task.train, {
      ...featureOptions,
      ...run(0, "learning features"),
      rng: rng(`features ${seed}`),
    });
    const features = { userFeatures: learned.userFactors, itemFeatures: learned.itemFactors };
    await breathe((seed + 1 / parts) / seeds, "balancing");
    out.unseen.push(unseenRatio(task.train, features, balance, rng(`unseen ${seed}`)));
    out.worth.push(effectiveSampleSize(task.inverse) / task.inverse.length);
    for (const [m, method] of methods.entries()) {
      const found = settings[method];
      if (!found) throw new Error(`no settings for ${method}`);
      const options = run(m + 1, `training ${method}`);
      const model = await train(method, { ...task, features }, found.settings, learn, options);
      const { auc, atK } = score(task.test, model);
      add(out.auc, method, auc);
      add(out.ndcg, method, atK[0]!.ndcg);
    }
    for (const [m, method] of released.entries()) {
      const options = run(methods.length + m + 1, `training ${method} as released`);
      const model = await trainReleased(method, task, features, learn, options);
      add(out.released, method, score(task.released.test, model).auc);
    }
  }
  return out;
}

function add(to: Record<string, number[]>, name: string, value: number): void {
  to[name] = [...(to[name] ?? []), value];
}

type Predictor = {
  predictCells(user: ArrayLike<number>, item: ArrayLike<number>): ArrayLike<number>;
};

const score = (test: Ratings, model: Predictor) =>
  evaluate(test, model.predictCells(test.user, test.item), { k: [5] });
