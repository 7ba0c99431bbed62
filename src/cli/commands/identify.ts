import type { Identification } from '../../contract/requests/matching.ts';
import type { Register } from '../command.ts';
import { addCommand, wholeNumber } from '../command.ts';
import { decisionSentence } from '../decision.ts';
import { count, duration, score } from '../figures.ts';
import type { ExitCode } from '../outcome.ts';
import { exitCodes } from '../outcome.ts';
import { putImage } from '../read-images.ts';
import { table } from '../table.ts';

export const registerIdentify: Register = (program, perform) => {
  addCommand(program, 'identify <image>', 'Search everyone who is enrolled for the person in a picture')
    .option('--limit <number>', 'length of the candidate list', wholeNumber(1, 100), 5)
    .addHelpText('after', '\nExit codes: 0 a candidate above the threshold, 3 none, 4 no threshold has been chosen, 1 error.')
    .action((image: string, options: { limit: number }, command) =>
      perform(command, async (session) => {
        const probe = await putImage(session, image);
        const result = await session.ask('identify.search', { probe, limit: options.limit });
        return { json: result, text: describe(result), exitCode: exitCodeOf(result) };
      }));
};

function exitCodeOf({ candidates, threshold }: Identification): ExitCode {
  if (threshold === null) return exitCodes.undecided;
  return candidates.some(({ isAboveThreshold }) => isAboveThreshold === true) ? exitCodes.ok : exitCodes.noMatch;
}

function describe(result: Identification): string {
  const above = result.candidates.filter(({ isAboveThreshold }) => isAboveThreshold === true);
  const best = result.candidates[0];
  const verdict = result.threshold === null ? 'No decision.' : above.length === 0 ? 'No candidate above the threshold.' : `${above[0]?.name ?? ''}.`;
  const head = `${decisionSentence(verdict, best?.score ?? null, result)} Searched ${count(result.searched, 'person')} in ${duration(result.durationMs)}.`;
  const rows = result.candidates.map((candidate) => [
    String(candidate.rank), candidate.name, score(candidate.score), candidate.isAboveThreshold === null ? '' : candidate.isAboveThreshold ? 'above' : 'below',
  ]);
  return rows.length === 0 ? head : `${head}\n\n${table(['Rank', 'Candidate', 'Score', 'Threshold'], rows)}`;
}
