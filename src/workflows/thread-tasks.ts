import type { RequestErrorCode } from '../contract/request-error.ts';
import type { ScoreFileReport } from '../contract/requests/score-files.ts';
import type { Progress } from '../evaluation/steps.ts';
import type { ScoreDrawing } from './draw-scores.ts';
import { drawScoreFile } from './draw-scores.ts';
import type { ScoreFileOrder } from './score-file.ts';
import { measureScoreFile } from './score-file.ts';
import type { ScoredOutcome, ScoringOrder } from './scoring.ts';
import { score } from './scoring.ts';
import type { RunFigures, RunFiguresOrder } from './sweep-figures.ts';
import { runFigures } from './sweep-figures.ts';

/** How far a task is; `unit` where it is not the task's only one. */
export interface ThreadProgress extends Progress {
  unit?: string;
}

/** What a scoring thread can be asked for. */
export interface ThreadTasks {
  'score-system': { order: ScoringOrder; outcome: ScoredOutcome };
  'score-file': { order: ScoreFileOrder; outcome: ScoreFileReport };
  'draw-scores': { order: ScoreFileOrder; outcome: ScoreDrawing | null };
  'sweep-run': { order: RunFiguresOrder; outcome: RunFigures };
}

type Steps<Outcome> = Iterator<ThreadProgress, Outcome> | AsyncIterator<ThreadProgress, Outcome>;

export const threadTasks: { readonly [Name in keyof ThreadTasks]: (order: ThreadTasks[Name]['order']) => Steps<ThreadTasks[Name]['outcome']> } = {
  'score-system': score,
  'score-file': measureScoreFile,
  'draw-scores': drawScoreFile,
  'sweep-run': runFigures,
};

/** What the thread says to the desk. */
export type ThreadMessage =
  | { type: 'progress'; progress: ThreadProgress }
  | { type: 'done'; outcome: unknown }
  | { type: 'refused'; code: RequestErrorCode; message: string };
