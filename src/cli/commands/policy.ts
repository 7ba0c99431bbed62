import { Option } from 'commander';
import type { SamplePolicy } from '../../contract/requests/policy.ts';
import { severalChoice } from '../../contract/vocabulary.ts';
import type { Register } from '../command.ts';
import { addCommand, wholeNumber } from '../command.ts';

interface PolicyOptions {
  minimumQuality?: number;
  enrol?: SamplePolicy['several']['enrol'];
  verify?: SamplePolicy['several']['verify'];
  identify?: SamplePolicy['several']['identify'];
}

export const registerPolicy: Register = (program, perform) => {
  const several = (name: string, choices: readonly string[]): Option => new Option(`--${name} <which>`, `of several faces in a picture, to ${name}`).choices(choices);
  const { options } = severalChoice;
  addCommand(program, 'policy', 'Show, or set, what is asked of pictures: their quality, and what becomes of several faces')
    .option('--minimum-quality <score>', 'enrol no sample below this, 0 (any) to 100', wholeNumber(0, 100))
    .addOption(several('enrol', options.slice(0, 2)))
    .addOption(several('verify', options.slice(0, 2)))
    .addOption(several('identify', options))
    .addHelpText('after', '\nIt binds where the model in use has a pipeline that finds and judges faces or fingers. --faces of a command comes before it.')
    .action(({ minimumQuality, ...choices }: PolicyOptions, command) =>
      perform(command, async ({ ask }) => {
        const known = await ask('policy.get', {});
        const wanted = { minimumQuality: minimumQuality ?? known.minimumQuality, several: { ...known.several, ...choices } };
        const isAsked = minimumQuality !== undefined || Object.keys(choices).length > 0;
        const policy = isAsked ? await ask('policy.set', wanted) : known;
        return { json: policy, text: describe(policy) };
      }));
};

function describe({ minimumQuality, several }: SamplePolicy): string {
  const words = { one: 'one is required', largest: 'the largest is taken', all: 'all are searched for' };
  return [
    minimumQuality === 0 ? 'Samples of any quality are enrolled.' : `Samples below a quality of ${String(minimumQuality)} of 100 are not enrolled.`,
    `Of several faces in a picture: to enrol ${words[several.enrol]}, to verify ${words[several.verify]}, to identify ${words[several.identify]}.`,
  ].join('\n');
}
