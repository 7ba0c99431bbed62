import { POLICIES, startBesideTorch } from './shared/beside-torch.ts';
import { writeSection } from './shared/benchmarks-page.ts';
import { CASES, LABELS } from './train/cases.ts';
import { checkLoss } from './train/check-loss.ts';
import { measureCase } from './train/measure.ts';
import type { Result } from './train/measure.ts';
import { startTorchPeer } from './train/peer.ts';
import { toSection, toTable } from './train/table.ts';

/** Parts of titles: only these cases, and nothing is written. */
const wanted = process.argv.slice(2);
const chosen = CASES.filter(({ title }) => wanted.length === 0 || wanted.some((part) => title.includes(part)));

const run = await startBesideTorch();
const peers = await Promise.all(POLICIES.map((policy) => startTorchPeer(run.threads, policy)));
try {
  await checkLoss(CASES[0]!.recipe, LABELS, peers[0]!);
  const results: Result[] = [];
  for (const each of chosen) {
    console.error(`bench: ${each.title} ...`);
    const result = await measureCase(each, peers);
    results.push(result);
    console.error(`bench: ${each.title}: ours ${result.ours.toFixed(1)} images/s, PyTorch ${result.theirs[result.best.layout].toFixed(1)} (${result.best.layout}, waiting ${result.best.policy}), ratio ${result.ratio.toFixed(2)}`);
  }
  console.log(toTable(results));
  const circumstances = await run.circumstances(peers);
  if (wanted.length === 0) console.log(`Written to ${writeSection('train', toSection(results, { versions: peers[0]!.versions, circumstances }))}`);
} finally {
  for (const peer of peers) peer.end();
}
