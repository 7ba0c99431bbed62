import type { Candidate, Identification } from '../../contract/requests/matching.ts';
import type { SeveralChoice } from '../../contract/vocabulary.ts';
import type { Register } from '../command.ts';
import { addCommand, wholeNumber } from '../command.ts';
import { decisionSentence } from '../decision.ts';
import type { FacesChoice } from '../faces-option.ts';
import { facesOption } from '../faces-option.ts';
import { fingerOption } from '../fingers-options.ts';
import type { FingersChoice } from '../fingers-options.ts';
import { count, duration, score } from '../figures.ts';
import type { ExitCode } from '../outcome.ts';
import { exitCodes } from '../outcome.ts';
import { qualityWords } from '../quality.ts';
import { putImage } from '../read-images.ts';
import { table } from '../table.ts';

export const registerIdentify: Register = (program, perform) => {
  addCommand(program, 'identify <image>', 'Search everyone who is enrolled for the person in a picture')
    .option('--limit <number>', 'length of the candidate list', wholeNumber(1, 100), 5)
    .addOption(facesOption(['one', 'largest', 'all']))
    .addOption(fingerOption())
    .addHelpText('after', '\nExit codes: 0 a candidate above the threshold, 3 none, 4 no threshold has been chosen, 1 error.')
    .action((image: string, options: { limit: number } & FacesChoice<SeveralChoice> & Pick<FingersChoice, 'finger'>, command) =>
      perform(command, async (session) => {
        const probe = await putImage(session, image);
        const result = await session.ask('identify.search', { probe, limit: options.limit, several: options.faces ?? null, finger: options.finger ?? null });
        return { json: result, text: describe(result), exitCode: exitCodeOf(result) };
      }));
};

function exitCodeOf({ probes, threshold }: Identification): ExitCode {
  if (threshold === null) return exitCodes.undecided;
  return probes.flatMap(({ candidates }) => candidates).some(({ isAboveThreshold }) => isAboveThreshold === true) ? exitCodes.ok : exitCodes.noMatch;
}

/** A verdict and a list for each face; one face needs no heading. */
function describe(result: Identification): string {
  const searched = `Searched ${count(result.searched, 'person')} in ${duration(result.durationMs)}.`;
  const parts = result.probes.map(({ label, quality, candidates }) => {
    const head = decisionSentence(verdictOn(candidates, result), candidates[0]?.score ?? null, result);
    const name = result.probes.length > 1 ? `${label}: ` : '';
    const judged = quality === null ? '' : ` Quality ${qualityWords(quality)}.`;
    return [`${name}${head}${judged}`, ...(candidates.length === 0 ? [] : ['', listOf(candidates)])].join('\n');
  });
  return `${parts.join('\n\n')}\n\n${searched}`;
}

function verdictOn(candidates: readonly Candidate[], { threshold }: Identification): string {
  if (threshold === null) return 'No decision.';
  const above = candidates.find(({ isAboveThreshold }) => isAboveThreshold === true);
  return above === undefined ? 'No candidate above the threshold.' : `${above.name}.`;
}

function listOf(candidates: readonly Candidate[]): string {
  const rows = candidates.map(({ rank, name, score: value, isAboveThreshold }) => [
    String(rank), name, score(value), isAboveThreshold === null ? '' : isAboveThreshold ? 'above' : 'below',
  ]);
  return table(['Rank', 'Candidate', 'Score', 'Threshold'], rows);
}
