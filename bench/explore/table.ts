import { whereAndWhen } from '../shared/where-and-when.ts';
import type { Finding } from './walk.ts';

const rounded = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

export function toTable(findings: readonly Finding[]): string {
  const openings = findings.flatMap((finding) => (finding.kind === 'opened' ? [`| ${finding.what} | ${rounded(finding.ms)} |`] : []));
  const movements = findings.flatMap((finding) => {
    if (finding.kind === 'opened') return [];
    const { count, median, p95, slowest } = finding.frames;
    return [`| ${finding.what} | ${count} | ${median.toFixed(1)} | ${p95.toFixed(1)} | ${Math.round(slowest)} |`];
  });
  return [
    '| Opened for the first time | until it is there |', '|---|--:|', ...openings, '',
    '| Moved | frames | median, ms | 95th percentile | slowest |', '|---|--:|--:|--:|--:|', ...movements,
  ].join('\n');
}

export function toSection(findings: readonly Finding[], { samples, loadBefore }: { samples: number; loadBefore: number }): string {
  return `## Explore with many samples

\`npm run bench -- explore\`: an evaluation of ${samples.toLocaleString('en-GB')} made-up samples, looked into by a headless Chromium without a graphics card.

${toTable(findings)}

- **Where and when**: ${whereAndWhen()}; load average ${loadBefore.toFixed(2)} before. The host, the browser and what moves its pointer share the processor.
- **What is timed**: openings from the click until Playwright sees the content; movements by the intervals of \`requestAnimationFrame\`, of which a quiet page has 60 a second.
- **What is made up**: pictures of 64 x 64 pixels and templates of 128 numbers around a centre for each person, by a seeded generator in place of a network. Import, comparison of all pairs and storage are the product's own.`;
}
