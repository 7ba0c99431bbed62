import type { Command } from 'commander';
import type { ProbeSample, Verification } from '../../contract/requests/matching.ts';
import type { Register } from '../command.ts';
import { addCommand } from '../command.ts';
import { decisionSentence, fmrOf } from '../decision.ts';
import { count, score, share } from '../figures.ts';
import type { FacesChoice } from '../faces-option.ts';
import { facesOption } from '../faces-option.ts';
import { addFingersOptions } from '../fingers-options.ts';
import type { FingersChoice } from '../fingers-options.ts';
import { findSubject } from '../find.ts';
import { exitCodes } from '../outcome.ts';
import { qualityWords } from '../quality.ts';
import { putImage } from '../read-images.ts';
import { table } from '../table.ts';

export const registerVerify: Register = (program, perform) => {
  addFingersOptions(addCommand(program, 'verify <subject> <image>', 'Compare a picture with one enrolled person: is it who it is said to be?'))
    .addOption(facesOption(['one', 'largest']))
    .addHelpText('after', '\nExit codes: 0 match, 3 no match, 4 no decision (no threshold has been chosen for the model; a whole hand has none yet), 1 error.')
    .action((...[wanted, image, options, command]: [string, string, FacesChoice<'one' | 'largest'> & FingersChoice, Command]) =>
      perform(command, async (session) => {
        const subject = await findSubject(session, wanted);
        const probe = await putImage(session, image);
        const result = await session.ask('verify.compare', { probe, reference: { subjectId: subject.id }, several: options.hand === true ? 'hand' : (options.faces ?? null), finger: options.finger ?? null });
        if (result.hand !== null) return { json: result, text: `${subject.name}: ${describeHand(result, result.hand)}`, exitCode: exitCodes.undecided };
        const verdict = result.isMatch === null ? 'No decision.' : result.isMatch ? 'Match.' : 'Non-match.';
        const rarity = result.fmrAtScore === null ? '' : `\nOf the non-mated comparisons of the evaluation, ${share(result.fmrAtScore)} scored at least as high.`;
        const exitCode = result.isMatch === null ? exitCodes.undecided : result.isMatch ? exitCodes.ok : exitCodes.noMatch;
        return { json: result, text: `${subject.name}: ${decisionSentence(verdict, result.score, result)}${qualityLine(result.probe.quality)}${rarity}`, exitCode };
      }));
};

/** Finger by finger; the fused score has no threshold yet, and so no decision. */
function describeHand({ probe, score: fused, model }: Verification, { fingers, threshold }: NonNullable<Verification['hand']>): string {
  const compared = fingers.filter((one) => one.score !== null).length;
  const head = `No decision on the ${probe.label}. Fused score ${score(fused)}, the sum over ${count(compared, 'finger')} as a mean; no threshold has been measured for fused scores, model ${model.name}.`;
  const rows = fingers.map(({ finger, score: value, isMatch, probe: seen, reason }) => [
    finger, value === null ? '' : score(value), isMatch === null ? '' : isMatch ? 'match' : 'non-match', seen?.quality ? String(Math.round(seen.quality.score)) : '', reason ?? '',
  ]);
  const rule = threshold === null ? 'No threshold has been chosen for single fingers.' : `Each finger by the threshold of single comparisons, ${score(threshold.threshold)} (${fmrOf(threshold)}).`;
  return `${head}\n\n${table(['Finger', 'Score', 'Decision', 'Quality', 'Not compared because'], rows)}\n\n${rule}`;
}

function qualityLine(quality: ProbeSample['quality']): string {
  return quality === null ? '' : `\nQuality ${qualityWords(quality)}.`;
}
