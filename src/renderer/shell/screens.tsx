import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { NowhereScreen } from '../screens/nowhere-screen.tsx';

const WelcomeScreen = lazy(async () => ({ default: (await import('../screens/welcome/welcome-screen.tsx')).WelcomeScreen }));
const EnrolScreen = lazy(async () => ({ default: (await import('../screens/enrol/enrol-screen.tsx')).EnrolScreen }));
const VerifyScreen = lazy(async () => ({ default: (await import('../screens/verify/verify-screen.tsx')).VerifyScreen }));
const IdentifyScreen = lazy(async () => ({ default: (await import('../screens/identify/identify-screen.tsx')).IdentifyScreen }));
const GalleryScreen = lazy(async () => ({ default: (await import('../screens/gallery/gallery-screen.tsx')).GalleryScreen }));
const SubjectScreen = lazy(async () => ({ default: (await import('../screens/gallery/subject-screen.tsx')).SubjectScreen }));
const DatasetsScreen = lazy(async () => ({ default: (await import('../screens/datasets/datasets-screen.tsx')).DatasetsScreen }));
const AddDatasetScreen = lazy(async () => ({ default: (await import('../screens/datasets/add-dataset-screen.tsx')).AddDatasetScreen }));
const DatasetScreen = lazy(async () => ({ default: (await import('../screens/datasets/dataset-screen.tsx')).DatasetScreen }));
const TrainScreen = lazy(async () => ({ default: (await import('../screens/train/train-screen.tsx')).TrainScreen }));
const NewRunScreen = lazy(async () => ({ default: (await import('../screens/train/new-run-screen.tsx')).NewRunScreen }));
const RunScreen = lazy(async () => ({ default: (await import('../screens/train/run-screen.tsx')).RunScreen }));
const CompareRunsScreen = lazy(async () => ({ default: (await import('../screens/train/compare/compare-runs-screen.tsx')).CompareRunsScreen }));
const ModelsScreen = lazy(async () => ({ default: (await import('../screens/models/models-screen.tsx')).ModelsScreen }));
const EvaluateScreen = lazy(async () => ({ default: (await import('../screens/evaluate/evaluate-screen.tsx')).EvaluateScreen }));
const EvaluationAddress = lazy(async () => ({ default: (await import('../screens/evaluate/evaluation-address.tsx')).EvaluationAddress }));
const CompareScreen = lazy(async () => ({ default: (await import('../screens/compare/compare-screen.tsx')).CompareScreen }));
const ExploreScreen = lazy(async () => ({ default: (await import('../screens/explore/explore-screen.tsx')).ExploreScreen }));
const ExploredScreen = lazy(async () => ({ default: (await import('../screens/explore/explored-screen.tsx')).ExploredScreen }));
const ReportsScreen = lazy(async () => ({ default: (await import('../screens/reports/reports-screen.tsx')).ReportsScreen }));
const ProtocolScreen = lazy(async () => ({ default: (await import('../screens/evaluate/protocol-screen.tsx')).ProtocolScreen }));
const AuditScreen = lazy(async () => ({ default: (await import('../screens/audit/audit-screen.tsx')).AuditScreen }));
const SettingsScreen = lazy(async () => ({ default: (await import('../screens/settings/settings-screen.tsx')).SettingsScreen }));
const DeviceScreen = lazy(async () => ({ default: (await import('../screens/device/device-screen.tsx')).DeviceScreen }));

/** Address to place. Every place has its own address, so that links, back and forward work. */
export function Screens() {
  return (
    <Suspense fallback={null}>
      <Switch>
        <Route path="/" component={WelcomeScreen} />
        <Route path="/enrol" component={EnrolScreen} />
        <Route path="/verify/:subjectId?">{({ subjectId }) => <VerifyScreen claimedId={subjectId ?? null} />}</Route>
        <Route path="/identify" component={IdentifyScreen} />
        <Route path="/gallery" component={GalleryScreen} />
        <Route path="/gallery/:subjectId">{({ subjectId }) => <SubjectScreen subjectId={subjectId} />}</Route>
        <Route path="/datasets" component={DatasetsScreen} />
        <Route path="/datasets/new" component={AddDatasetScreen} />
        <Route path="/datasets/of/:datasetId">{({ datasetId }) => <DatasetScreen datasetId={datasetId} />}</Route>
        <Route path="/train" component={TrainScreen} />
        <Route path="/train/new/:datasetId?">{({ datasetId }) => <NewRunScreen askedDatasetId={datasetId ?? null} />}</Route>
        <Route path="/train/run/:runId">{({ runId }) => <RunScreen runId={runId} />}</Route>
        <Route path="/train/compare/:runIds?">{({ runIds }) => <CompareRunsScreen runIds={runIds ?? ''} />}</Route>
        <Route path="/models" component={ModelsScreen} />
        <Route path="/evaluate" component={EvaluateScreen} />
        <Route path="/evaluate/protocol/:protocolId">{({ protocolId }) => <ProtocolScreen key={protocolId} protocolId={protocolId} />}</Route>
        <Route path="/evaluate/:evaluationId/:view?">{({ evaluationId, view }) => <EvaluationAddress key={evaluationId} evaluationId={evaluationId} view={view ?? 'verification'} />}</Route>
        <Route path="/compare/:sources?">{({ sources }) => <CompareScreen sources={sources ?? ''} />}</Route>
        <Route path="/explore" component={ExploreScreen} />
        <Route path="/explore/:evaluationId/:view?">{({ evaluationId, view }) => <ExploredScreen key={evaluationId} evaluationId={evaluationId} view={view ?? 'pairs'} />}</Route>
        <Route path="/reports" component={ReportsScreen} />
        <Route path="/audit" component={AuditScreen} />
        <Route path="/settings" component={SettingsScreen} />
        <Route path="/device" component={DeviceScreen} />
        <Route component={NowhereScreen} />
      </Switch>
    </Suspense>
  );
}
