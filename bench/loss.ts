import { CASES } from './loss/cases.ts';
import { measureCase } from './loss/measure.ts';
import type { Result } from './loss/measure.ts';
import { startTorchPeer } from './loss/peer.ts';
import { toSection, toTable } from './loss/table.ts';
import { POLICIES, startBesideTorch } from './shared/beside-torch.ts';
import { writeSection } from './shared/benchmarks-page.ts';

/** Names of losses: only these, and nothing is written. */
const wanted = process.argv.slice(2);
const chosen = CASES.filter(({ recipe }) => wanted.length === 0 || wanted.includes(recipe.name));

const run = await startBesideTorch();
const peers = await Promise.all(POLICIES.map((policy) => startTorchPeer(run.threads, policy)));
try {
  const results: Result[] = [];
  for (const each of chosen) {
    const result = await measureCase(each, peers);
    results.push(result);
    console.error(`bench: ${result.name}: ours ${result.ours.toFixed(2)} ms, plain PyTorch ${result.plain.toFixed(2)} ms, ratio ${result.ratio.toFixed(2)}`);
  }
  console.log(toTable(results));
  const circumstances = await run.circumstances(peers);
  if (wanted.length === 0) console.log(`Written to ${writeSection('loss', toSection(results, { versions: peers[0]!.versions, circumstances }))}`);
} finally {
  for (const peer of peers) peer.end();
}
