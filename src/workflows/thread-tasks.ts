import type { RequestErrorCode } from '../contract/request-error.ts';
import type { DiscardReport, SliceReport, ZooReport } from '../contract/requests/explore.ts';
import type { ColumnStudies, FusionOrder, FusionOutcome, ScoreDrawing, ScoreFileReport, Studied } from '../contract/requests/score-files.ts';
import type { SuspectedCopy } from '../contract/suspected-copies.ts';
import type { ProtectionFigures } from '../evaluation/protection/measure-protection.ts';
import type { Progress } from '../evaluation/steps.ts';
import type { EvaluationMap } from '../store/evaluation-maps.ts';
import type { DifferenceOrder, Differences } from './compare/differences.ts';
import { differencesOf } from './compare/differences.ts';
import type { ThumbnailedImage } from './copies/suspected-copies.ts';
import { suspectedCopies } from './copies/suspected-copies.ts';
import { drawScoreFile } from './draw-scores.ts';
import type { DiscardOrder } from './explore/discard.ts';
import { discardReport } from './explore/discard.ts';
import type { MapOrder } from './explore/draw-map.ts';
import { drawMap } from './explore/draw-map.ts';
import type { SliceOrder } from './explore/slices.ts';
import { sliceReport } from './explore/slices.ts';
import type { ZooOrder } from './explore/zoo.ts';
import { zooReport } from './explore/zoo.ts';
import type { CancelableOrder } from './measure-cancelable.ts';
import { measureCancelable } from './measure-cancelable.ts';
import type { ScoreFileOrder } from './score-file.ts';
import { measureScoreFile } from './score-file.ts';
import type { ColumnStudiesOrder, DiscardOfFile, SlicesOfFile } from './scores/column-studies.ts';
import { columnStudies, discardOfFile, slicesOfFile } from './scores/column-studies.ts';
import { fuseScoreFiles } from './scores/fuse-files.ts';
import type { SurveyOrder, SurveyOutcome } from './score-survey.ts';
import { scoreSurvey } from './score-survey.ts';
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
  cancelable: { order: CancelableOrder; outcome: ProtectionFigures };
  'score-system': { order: ScoringOrder; outcome: ScoredOutcome };
  'score-survey': { order: SurveyOrder; outcome: SurveyOutcome };
  'score-file': { order: ScoreFileOrder; outcome: ScoreFileReport };
  'column-studies': { order: ColumnStudiesOrder; outcome: Studied<ColumnStudies> };
  'slices-of-file': { order: SlicesOfFile; outcome: SliceReport };
  'discard-of-file': { order: DiscardOfFile; outcome: DiscardReport };
  'fuse-scores': { order: FusionOrder; outcome: FusionOutcome };
  'draw-scores': { order: ScoreFileOrder; outcome: ScoreDrawing | null };
  differences: { order: DifferenceOrder; outcome: Differences };
  'sweep-run': { order: RunFiguresOrder; outcome: RunFigures };
  zoo: { order: ZooOrder; outcome: ZooReport };
  slices: { order: SliceOrder; outcome: SliceReport };
  discard: { order: DiscardOrder; outcome: DiscardReport };
  map: { order: MapOrder; outcome: EvaluationMap };
  'suspected-copies': { order: readonly ThumbnailedImage[]; outcome: SuspectedCopy[] };
}

type Steps<Outcome> = Iterator<ThreadProgress, Outcome> | AsyncIterator<ThreadProgress, Outcome>;

export const threadTasks: { readonly [Name in keyof ThreadTasks]: (order: ThreadTasks[Name]['order']) => Steps<ThreadTasks[Name]['outcome']> } = {
  cancelable: measureCancelable,
  'score-system': score,
  'score-survey': scoreSurvey,
  'score-file': measureScoreFile,
  'column-studies': columnStudies,
  'slices-of-file': slicesOfFile,
  'discard-of-file': discardOfFile,
  'fuse-scores': fuseScoreFiles,
  'draw-scores': drawScoreFile,
  differences: differencesOf,
  'sweep-run': runFigures,
  zoo: zooReport,
  slices: sliceReport,
  discard: discardReport,
  map: drawMap,
  'suspected-copies': suspectedCopies,
};

/** What the thread says to the desk. */
export type ThreadMessage =
  | { type: 'progress'; progress: ThreadProgress }
  | { type: 'done'; outcome: unknown }
  | { type: 'refused'; code: RequestErrorCode; message: string };
