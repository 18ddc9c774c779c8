import type { Rng } from "@daily-kernel/compute";
import { evaluate } from "@daily-kernel/recommend";
import type { LikesTask } from "./likes-task.ts";
import { base, type Learners, type Method, train } from "./methods.ts";
import { type Balance, unseenRatio } from "./unseen.ts";

/** What every method reached on the randomised ratings, a number a seed. */
export interface Comparison {
  readonly auc: Record<string, number[]>;
  readonly ndcg: Record<string, number[]>;
  /** AUC of another plain model: biases, a small normal start, twice the decay. */
  readonly biased: number[];
  /** Imbalance on unseen kernel functions, after over before. */
  readonly unseen: number[];
}

/** Trains all methods on one seed's task after another. */
export async function compare(
  taskOf: (rng: Rng) => LikesTask,
  methods: readonly Method[],
  seeds: number,
  learn: Learners,
  balance: Balance,
  rng: (name: string) => Rng,
  breathe: (done: number, doing: string) => Promise<void>,
): Promise<Comparison> {
  const out: Comparison = { auc: {}, ndcg: {}, biased: [], unseen: [] };
  for (let seed = 0; seed < seeds; seed++) {
    const task = taskOf(rng(`task ${seed}`));
    const at = (part: number) => (seed + part / (methods.length + 2)) / seeds;
    const run = (part: number, doing: string) => ({
      onProgress: (done: number) => (done % 5 === 0 ? breathe(at(part), doing) : Promise.resolve()),
    });
    const learned = await learn.plain(task.train, {
      ...base,
      ...run(0, "learning features"),
      rng: rng(`features ${seed}`),
    });
    const features = { userFeatures: learned.userFactors, itemFeatures: learned.itemFactors };
    await breathe(at(1), "balancing");
    out.unseen.push(unseenRatio(task.train, features, balance, rng(`unseen ${seed}`)));
    const biased = await learn.plain(task.train, {
      ...base,
      ...run(1, "training a model with biases"),
      rng: rng(`model ${seed}`),
      biases: true,
      initial: "normal",
      decay: 4e-4,
    });
    out.biased.push(score(task, biased).auc);
    for (const [m, method] of methods.entries()) {
      const options = run(m + 2, `training ${method}`);
      const model = await train(method, task, features, learn, rng(`model ${seed}`), options);
      const { auc, atK } = score(task, model);
      out.auc[method] = [...(out.auc[method] ?? []), auc];
      out.ndcg[method] = [...(out.ndcg[method] ?? []), atK[0]!.ndcg];
    }
  }
  return out;
}

type Predictor = {
  predictCells(user: ArrayLike<number>, item: ArrayLike<number>): ArrayLike<number>;
};

const score = ({ test }: LikesTask, model: Predictor) =>
  evaluate(test, model.predictCells(test.user, test.item), { k: [5] });
