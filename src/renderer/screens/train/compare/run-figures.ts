import type { RequestOutput } from '../../../../contract/requests.ts';
import { keptWords } from '../../../../contract/requests/runs.ts';
import { countWords, percentWords, quantity } from '../../../words/numbers.ts';
import { durationWords } from '../../../words/time.ts';

type RunAnswer = RequestOutput<'runs.get'>;

/** One figure of several runs side by side. */
export interface FigureRow {
  name: string;
  values: readonly string[];
  /** Places of the best values; empty where there is no better or worse. */
  best: readonly number[];
}

/** The figures of runs, a row each. A lower error is better where all were validated on the same people; the rest is only told. */
export function figuresOfRuns(answers: readonly RunAnswer[]): FigureRow[] {
  const row = (name: string, read: (answer: RunAnswer) => string): FigureRow => ({ name, values: answers.map(read), best: [] });
  const isComparable = new Set(answers.map(({ run }) => run.datasetName)).size === 1;
  const ranked = (name: string, read: (answer: RunAnswer) => number | null, words: (value: number) => string): FigureRow => {
    const numbers = answers.map(read);
    const lowest = Math.min(...numbers.map((number) => number ?? Infinity));
    const reached = numbers.flatMap((number, place) => (number === lowest ? [place] : []));
    return { name, values: numbers.map((number) => (number === null ? '–' : words(number))), best: isComparable && reached.length < answers.length ? reached : [] };
  };
  return [
    row('State', ({ run }) => run.state),
    row('Dataset', ({ run }) => run.datasetName),
    row('Epochs', ({ run }) => `${countWords(run.epoch)} of ${countWords(run.recipe.epochs)}`),
    ranked('Validation EER, kept epoch', ({ run }) => run.bestValidationEer, (eer) => percentWords(eer)),
    row('Kept epoch', ({ run: { keptEpoch } }) => (keptEpoch === null ? '–' : keptWords(keptEpoch).replace('epoch ', ''))),
    ranked('Validation EER, last epoch', ({ epochs }) => epochs.at(-1)?.validationEer ?? null, (eer) => percentWords(eer)),
    row('Loss, last epoch', ({ epochs }) => epochs.at(-1)?.meanLoss.toFixed(3) ?? '–'),
    row('Time for training', timeWords),
    row('Speed', speedWords),
    row('Parameters', ({ run }) => (run.parameters === null ? '–' : countWords(run.parameters))),
    row('Device', ({ run }) => run.device ?? '–'),
    row('Alarms', ({ steps, epochs }) => alarmWords([...steps, ...epochs])),
  ];
}

function timeWords({ epochs }: RunAnswer): string {
  return epochs.length === 0 ? '–' : durationWords(epochs.reduce((sum, { durationMs }) => sum + durationMs, 0));
}

/** Of the middle step: the first ones warm up. */
function speedWords({ steps }: RunAnswer): string {
  const rates = steps.flatMap(({ imagesPerSecond }) => (imagesPerSecond === null ? [] : [imagesPerSecond])).sort((one, other) => one - other);
  const middle = rates[Math.floor(rates.length / 2)];
  return middle === undefined ? '–' : `${countWords(middle)} pictures/s`;
}

function alarmWords(told: readonly { alarm: string | null }[]): string {
  const count = told.filter(({ alarm }) => alarm !== null).length;
  return count === 0 ? 'none' : quantity(count, 'alarm');
}
