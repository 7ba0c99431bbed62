import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium as playwright } from '@playwright/test';
import { chromium, chromiumFlags } from '../e2e/browser.ts';
import { startBrowserHost } from '../e2e/host.ts';
import { listEvaluations } from '../src/store/evaluations.ts';
import { openStore } from '../src/store/store.ts';
import { makeEvaluation } from './explore/make-evaluation.ts';
import { toSection, toTable } from './explore/table.ts';
import type { Finding } from './explore/walk.ts';
import { walkThrough } from './explore/walk.ts';
import { writeSection } from './shared/benchmarks-page.ts';

const SAMPLES = 10; // of a person
/** So many people are made up; with fewer than all, to try things out, nothing is written. */
const ALL = 2000;
const people = Number(process.argv[2] ?? ALL);
/** Where the evaluation is made, if it is to be kept, because that takes minutes: the next run with this folder finds it there. */
const kept = process.argv[3];
const loadBefore = loadavg()[0]!;
const home = mkdtempSync(join(tmpdir(), 'likeness-explore-'));
const findings: Finding[] = [];
try {
  const population = { people, samples: SAMPLES };
  if (kept !== undefined && !existsSync(kept)) await makeEvaluation(kept, population);
  const evaluationId = kept === undefined ? await makeEvaluation(home, population) : copied(kept);
  const host = await startBrowserHost(home);
  const browser = await playwright.launch({ executablePath: chromium(), args: chromiumFlags });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(host.address);
    await page.getByRole('navigation').first().waitFor();
    await walkThrough({ page, address: `${host.origin}/#/explore/${evaluationId}`, find: (finding) => void findings.push(finding) });
  } finally {
    await browser.close();
    await host.stop();
  }
  console.log(toTable(findings));
  if (people === ALL) console.log(`Written to ${writeSection('explore', toSection(findings, { samples: SAMPLES * people, loadBefore }))}`);
} finally {
  rmSync(home, { recursive: true, force: true });
}

/** Copies the folder, into which maps would be drawn; returns its evaluation. */
function copied(folder: string): string {
  cpSync(folder, home, { recursive: true });
  const store = openStore(home);
  try {
    const found = listEvaluations(store.database).find(({ counts }) => counts.samples === SAMPLES * people);
    if (found === undefined) throw new Error(`${folder} has no evaluation of ${SAMPLES * people} samples.`);
    return found.id;
  } finally {
    store.close();
  }
}
