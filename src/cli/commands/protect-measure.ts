import type { Command } from 'commander';
import { Option } from 'commander';
import type { ProtectionFiguresReport } from '../../contract/requests/cancelable.ts';
import type { Perform } from '../command.ts';
import type { GalleryTransform } from '../../contract/requests/cancelable.ts';
import { galleryTransform } from '../../contract/requests/cancelable.ts';
import { RequestError } from '../../contract/request-error.ts';
import { percentWords, rateWords } from '../../workflows/report/report-words.ts';
import { wholeNumber } from '../command.ts';
import { findEvaluation } from '../find.ts';
import type { Session } from '../session.ts';
import type { Outcome } from '../outcome.ts';
import { table } from '../table.ts';
import { changeTemplates, templatesHelp } from './protect-templates.ts';

const measureHelp = `
--measure compares the templates of an evaluation's test people without protection, under one key, and across keys:
  EER, FNMR       before, and after with everybody under the gallery's one key. An impostor who has stolen the key is
                  counted there: it is the stolen-key case.
  without key     share of impostors with another key who match at the threshold of the protected templates.
  old = new       share of templates issued again under a new key that still match the old one of the same sample.
  D_sys           linkability across two keys, 0 to 1 (Gomez-Barrero et al. 2018); beside it what chance gives, and
                  without protection.
  undone          mean cosine of what a thief of key and template makes of it with the original; 1 is all of it.`;


interface TemplateOptions {
  measure?: true;
  transform?: GalleryTransform;
  reissue?: true;
  evaluation: string;
  keys: number;
  fmr: number;
}

/** `likeness protect --measure`, `--transform` and `--reissue`: templates under a keyed transform. */
export function addTemplateOptions(group: Command, perform: Perform): void {
  group
    .addOption(new Option('--transform <name>', 'put the gallery\'s templates under a keyed transform').choices(galleryTransform.options))
    .option('--reissue', 'revoke the gallery\'s templates and issue them anew, without recapturing')
    .option('--measure', 'measure what cancelable templates would do: accuracy, renewability, unlinkability')
    .option('--evaluation <id>', 'whose templates are measured', 'latest')
    .option('--keys <number>', 'so many keys', wholeNumber(2, 50), 5)
    .option('--fmr <rate>', 'false match rate of the thresholds', Number, 0.01)
    .option('--json', 'print the answer as JSON, and nothing else, on stdout')
    .option('--home <dir>', 'data folder to work in')
    .option('--store <address>', 'where the gallery lies: postgres://..., or "local"')
    .addHelpText('after', templatesHelp)
    .addHelpText('after', measureHelp)
    .action((options: TemplateOptions, command: Command) => {
      const { measure: isMeasuring, transform, reissue } = options;
      const wanted = [isMeasuring, transform, reissue].filter((one) => one !== undefined).length;
      if (wanted === 0) return command.help({ error: true });
      return perform(command, (session) => {
        if (wanted > 1) throw new RequestError('invalid-input', 'Give one of --measure, --transform and --reissue.');
        return isMeasuring ? measure(session, options) : changeTemplates(session, transform ?? null);
      });
    });
}

async function measure(session: Session, { evaluation, keys, fmr }: TemplateOptions): Promise<Outcome> {
  const { id } = await findEvaluation(session, evaluation);
  const measured = await session.ask('cancelable.measure', { evaluationId: id, keys, targetFmr: fmr });
  const { samples, subjects, ofSamples, figures } = measured;
  const first = figures[0]!;
  const counts = `${String(samples)} of ${String(ofSamples)} samples of ${String(subjects)} people; ${String(first.matedComparisons)} mated and ${String(first.nonMatedComparisons)} non-mated comparisons; means over ${String(first.keys)} keys.`;
  return { json: measured, text: `${counts}\n\n${figuresTable(figures)}` };
}

function figuresTable(figures: readonly ProtectionFiguresReport[]): string {
  const { unprotected, linkabilityUnprotected, targetFmr } = figures[0]!;
  const heading = ['Templates', 'EER', `FNMR at FMR ${rateWords(targetFmr)}`, 'Without key', 'Old = new', 'D_sys (chance)', 'Undone'];
  return table(heading, [
    ['unprotected', percentWords(unprotected.eer), percentWords(unprotected.fnmr), '', '', linkabilityUnprotected.toFixed(3), ''],
    ...figures.map(({ scheme, sameKey, fmrWithoutKey, oldMatchesNew, linkability, linkabilityByChance, cosineOfEstimate }) =>
      [scheme, percentWords(sameKey.eer), percentWords(sameKey.fnmr), rateWords(fmrWithoutKey), percentWords(oldMatchesNew), `${linkability.toFixed(3)} (${linkabilityByChance.toFixed(3)})`, cosineOfEstimate.toFixed(3)]),
  ]);
}
