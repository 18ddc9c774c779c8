import { type Embedder, openEmbedder } from "@daily-kernel/feed/node";
import { type Collection, cranfieldCollection } from "./collection.ts";
import { type Engine, timed } from "./engine.ts";
import { miniLm } from "./mini-lm.ts";
import { indexOf, ours, withModel } from "./ours.ts";
import { printQuality } from "./quality.ts";
import { quantiles } from "./quantiles.ts";

/** What sentence models find on Cranfield, alone and with the words, beside LSA. */
export async function models(): Promise<void> {
  const cranfield = await cranfieldCollection();
  if ("missing" in cranfield) {
    console.log(`Models: skipped, Cranfield is not here (${cranfield.missing})`);
    return;
  }
  const index = indexOf(cranfield.papers);
  index.useLsa();
  await printQuality(cranfield, [
    ours("BM25, fields weighted", index, "words"),
    ours("hybrid with LSA (default)", index, "hybrid"),
    ...(await modelEngines(cranfield, "USE lite", () => openEmbedder("energetic-ai"))),
    ...(await modelEngines(cranfield, "MiniLM-L6", miniLm)),
  ]);
}

async function modelEngines(
  { papers, queries }: Collection,
  name: string,
  open: () => Promise<Embedder | null>,
): Promise<Engine[]> {
  let embedder: Embedder | null;
  try {
    embedder = await open();
  } catch (error) {
    console.log(`${name}: not available (${(error as Error).message})`);
    return [];
  }
  if (!embedder) return [];
  const { embed } = embedder;
  const texts = queries.map(({ text }) => text);
  const { index, vectors } = await withModel(papers, texts, embedder);
  const times = [];
  for (const text of texts) times.push((await timed(() => embed([text]))).seconds * 1000);
  await embedder.close?.();
  console.log(`${name}: a query's vector takes ${quantiles(times)} ms (p50 / p95)`);
  return [
    ours(`${name} alone`, index, "meaning", vectors),
    ours(`hybrid with ${name}`, index, "hybrid", vectors),
  ];
}
