import { Redirect } from 'wouter';
import { isReportView, ReportScreen } from './report-screen.tsx';

/** A part of an evaluation's report; what once were its other views are in Explore. */
export function EvaluationAddress({ evaluationId, view }: { evaluationId: string; view: string }) {
  return isReportView(view) ? <ReportScreen evaluationId={evaluationId} view={view} /> : <Redirect to={`/explore/${evaluationId}/${view}`} replace />;
}
