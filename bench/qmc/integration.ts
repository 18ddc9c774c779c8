import { CubQMCNetG, Keister, Sobol } from "@daily-kernel/qmc";
import { giveNet } from "./nets.ts";
import { ours, type Peers, type Row, remote } from "./rows.ts";

/** A whole integration to a tolerance, on the same points: the answer and log2 of how many. */
export async function* integrationRows({ qmcpy }: Peers): AsyncGenerator<Row> {
  const net = new Sobol({ dimension: 3, seed: 1 });
  const request = { ...giveNet(qmcpy, net, true), op: "keister" };
  for (const absTol of [1e-3, 1e-4, 1e-5]) {
    const { n: points } = await new CubQMCNetG(new Keister(net), { absTol }).integrate();
    yield {
      operation: `CubQMCNetG, Keister, d = 3, tolerance ${absTol}: 2^${Math.log2(points)} points`,
      floor: "",
      ours: ours("ours", async () => {
        const { solution, n } = await new CubQMCNetG(new Keister(net), { absTol }).integrate();
        return [solution[0]!, Math.log2(n)];
      }),
      peers: remote(qmcpy, "QMCPy", { ...request, absTol }),
      tolerance: 1e-13,
      rounds: 5,
    };
  }
}
