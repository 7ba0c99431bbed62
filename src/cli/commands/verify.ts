import type { Command } from 'commander';
import type { ProbeSample } from '../../contract/requests/matching.ts';
import type { Register } from '../command.ts';
import { addCommand } from '../command.ts';
import { decisionSentence } from '../decision.ts';
import { share } from '../figures.ts';
import type { FacesChoice } from '../faces-option.ts';
import { facesOption } from '../faces-option.ts';
import { findSubject } from '../find.ts';
import { exitCodes } from '../outcome.ts';
import { qualityWords } from '../quality.ts';
import { putImage } from '../read-images.ts';

export const registerVerify: Register = (program, perform) => {
  addCommand(program, 'verify <subject> <image>', 'Compare a picture with one enrolled person: is it who it is said to be?')
    .addOption(facesOption(['one', 'largest']))
    .addHelpText('after', '\nExit codes: 0 match, 3 no match, 4 no threshold has been chosen for the model, 1 error.')
    .action((...[wanted, image, options, command]: [string, string, FacesChoice<'one' | 'largest'>, Command]) =>
      perform(command, async (session) => {
        const subject = await findSubject(session, wanted);
        const probe = await putImage(session, image);
        const result = await session.ask('verify.compare', { probe, reference: { subjectId: subject.id }, several: options.faces ?? null });
        const verdict = result.isMatch === null ? 'No decision.' : result.isMatch ? 'Match.' : 'Non-match.';
        const rarity = result.fmrAtScore === null ? '' : `\nOf the non-mated comparisons of the evaluation, ${share(result.fmrAtScore)} scored at least as high.`;
        const exitCode = result.isMatch === null ? exitCodes.undecided : result.isMatch ? exitCodes.ok : exitCodes.noMatch;
        return { json: result, text: `${subject.name}: ${decisionSentence(verdict, result.score, result)}${qualityLine(result.probe.quality)}${rarity}`, exitCode };
      }));
};

function qualityLine(quality: ProbeSample['quality']): string {
  return quality === null ? '' : `\nQuality ${qualityWords(quality)}.`;
}
