import type { ProtocolReport } from '../../contract/requests/protocols.ts';
import type { Metric } from '../../evaluation/score-metrics.ts';

/** A part of a report: sentences, then a table, then figures by the name of their file. */
interface Section {
  readonly title: string;
  readonly lines: readonly string[];
  readonly table?: readonly (readonly string[])[];
  readonly charts?: readonly string[];
}

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
const plain = (value: number): string => value.toFixed(4);

function written(metric: Metric, write: (value: number) => string): string {
  if (typeof metric === 'number') return write(metric);
  return 'error' in metric ? `none: ${metric.error.message}` : `${write(metric.value)} (${write(metric.low)} to ${write(metric.high)})`;
}

/** In the order in which ISO/IEC 19795-1 has a test reported: what, on whom, how, what failed, what came of it, and its limits. */
function sectionsOf({ manifest, figures, failures, seenInTraining, folds }: ProtocolReport, charts: readonly string[]): Section[] {
  const { model, source } = manifest;
  const { limits, guards, naive, plan } = figures;
  const fnmrs = 'error' in figures.fnmrAtFmr ? [] : figures.fnmrAtFmr.map(({ target, achieved, threshold, fnmr, support }) => [String(target), achieved.toPrecision(3), threshold.toPrecision(6), written(fnmr, percent), support]);
  const bound = (rate: 'fmr' | 'fnmr'): string => (limits[rate] === null ? 'none' : `${limits[rate].trials} comparisons; no claim below ${percent(limits[rate].resolution)}, firm from ${percent(Math.min(1, limits[rate].ruleOf30))}; with no error seen the rate is below ${percent(Math.min(1, limits[rate].zeroErrorBound))}`);
  return [
    { title: 'System', lines: [`Model ${model.name}, weights ${model.weightsHash}. Cosine similarity of its embeddings; a match when score >= threshold.`] },
    { title: 'Data and protocol', lines: [
      `Protocol ${source.kind}, ${figures.rows} comparisons prescribed, hash ${manifest.protocolHash}. Images: ${source.images}, hash ${manifest.imagesHash}.`,
      `${figures.matedCount} mated and ${figures.nonMatedCount} non-mated comparisons of ${figures.subjectCount ?? 'unknown'} subjects count.`,
      ...seenInTraining.slice(0, 1).map(() => `The model was trained on images of ${seenInTraining.length} of these subjects (${seenInTraining.slice(0, 5).join(', ')}): the figures flatter.`),
    ] },
    { title: 'Failures to acquire', lines: [failures.length === 0 ? 'None.' : `${failures.length} images gave no template; every comparison with one counts as an error.`], ...(failures.length === 0 ? {} : { table: [['Image', 'Reason'], ...failures.slice(0, 20).map(({ path, reason }) => [path, reason])] }) },
    { title: 'Verification', lines: figures.confidence === null ? ['No intervals: too few subjects, or none wanted.'] : [`In brackets: ${percent(figures.confidence)} intervals, ${plan.replicates} resamples of the subjects, seed ${plan.seed}.`], table: [
      ['Figure', 'Value'], ['EER', written(figures.eer, percent)], ['AUC', written(figures.auc, plain)], ["d'", written(figures.dPrime, plain)], ['ZeroFMR (an FNMR)', written(figures.zeroFmr, percent)],
      ...(folds === null ? [] : [[`Accuracy over ${folds.folds} folds`, `${percent(folds.accuracy)}, standard error ${percent(folds.standardError)}`]]),
    ], charts },
    { title: 'FNMR at FMR', lines: ['At the smallest threshold whose FMR is at most the target.'], table: [['FMR wanted', 'FMR achieved', 'Threshold', 'FNMR', 'Support'], ...fnmrs] },
    { title: 'What a naive script would report', lines: naive === null && folds === null ? ['The same: no comparison had to be left out.'] : [
      ...guards.map(({ reason, count, examples }) => `${count} left out, ${reason}: ${examples.join('; ')}.`),
      ...(naive === null ? [] : [`With them the EER would be ${written(naive.eer, percent)}.`]),
      ...(folds === null ? [] : [`With a threshold chosen on the very comparisons it is judged on, the accuracy would be ${percent(folds.naive)}.`]),
    ] },
    { title: 'Limits', lines: [`FMR: ${bound('fmr')}.`, `FNMR: ${bound('fnmr')}.`] },
    { title: 'To repeat it', lines: [`Likeness ${manifest.likeness}, Node ${manifest.node}, seed ${plan.seed}. likeness reproduce manifest.json`] },
  ];
}

const titleOf = ({ manifest }: ProtocolReport): string => `${manifest.model.name}: protocol ${manifest.source.kind}`;

/** The report as Markdown; its figures are the files beside it. */
export function reportMarkdown(report: ProtocolReport, charts: readonly string[]): string {
  const safe = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
  const tableOf = ([head, ...rows]: readonly (readonly string[])[]): string =>
    [head!, head!.map(() => '---'), ...rows].map((cells) => `| ${cells.map(safe).join(' | ')} |`).join('\n');
  const parts = sectionsOf(report, charts).map(({ title, lines, table, charts: shown }) => [
    `## ${title}`, ...lines.map(safe), ...(table === undefined ? [] : [tableOf(table)]), ...(shown ?? []).map((file) => `![${file}](${file})`),
  ].join('\n\n'));
  return `# ${safe(titleOf(report))}\n\n${parts.join('\n\n')}\n`;
}

/** The report as one HTML file that needs nothing beside itself. */
export function reportHtml(report: ProtocolReport, charts: Readonly<Record<string, string>>): string {
  const safe = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const row = (cells: readonly string[], tag: 'th' | 'td'): string => `<tr>${cells.map((cell) => `<${tag}>${safe(cell)}</${tag}>`).join('')}</tr>`;
  const parts = sectionsOf(report, Object.keys(charts)).map(({ title, lines, table, charts: shown }) => [
    `<h2>${safe(title)}</h2>`, ...lines.map((line) => `<p>${safe(line)}</p>`),
    ...(table === undefined ? [] : [`<table>${row(table[0]!, 'th')}${table.slice(1).map((cells) => row(cells, 'td')).join('')}</table>`]),
    ...(shown ?? []).map((file) => charts[file]!.replace(/^<\?xml[^>]*\?>\s*/, '')),
  ].join('\n'));
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${safe(titleOf(report))}</title>
<style>body{font:16px/1.5 sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse}th,td{text-align:left;padding:.2rem .8rem .2rem 0;border-bottom:1px solid #ddd}svg{max-width:100%;height:auto}p{overflow-wrap:anywhere}</style>
</head><body><h1>${safe(titleOf(report))}</h1>
${parts.join('\n')}
</body></html>
`;
}
