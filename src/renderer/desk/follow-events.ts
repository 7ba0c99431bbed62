import type { Topic } from '../../contract/events.ts';
import type { Job } from '../../contract/jobs.ts';
import type { RequestName, RequestOutput } from '../../contract/requests.ts';
import { bridge } from '../bridge.ts';
import { askKey, queryClient } from './ask.ts';
import type { CurveEvent } from './extend-run.ts';
import { extended } from './extend-run.ts';

/** The requests whose answers a topic changes. */
const answersOf: Record<Topic, readonly RequestName[]> = {
  session: ['session.state', 'operators.list'],
  desk: ['desk.state', 'device.report', 'audit.list', 'policy.get'],
  datasets: ['datasets.list', 'datasets.get', 'datasets.subjects', 'labels.list', 'explore.samples', 'desk.state'],
  runs: ['runs.list', 'runs.get', 'desk.state'],
  models: ['models.list', 'desk.state', 'subjects.list', 'subjects.get', 'verify.compare', 'identify.search'],
  evaluations: ['evaluations.list', 'evaluations.get', 'explore.map', 'protocols.list', 'protocols.get', 'scores.list', 'comparisons.systems', 'desk.state'],
  subjects: ['audit.list', 'subjects.list', 'subjects.get', 'desk.state', 'models.list', 'verify.compare', 'identify.search'],
  thresholds: ['thresholds.get', 'desk.state', 'verify.compare', 'identify.search'],
};

const CURVE_MS = 250; // live curves are drawn four times a second, however fast the steps come

/** Keeps every answer on the screen true: events change the cache or say what to ask for again. */
export function followEvents(onJobEnded: (job: Job) => void): () => void {
  const curves = curveBuffer();
  const stopEvents = bridge.onEvent((event) => {
    if (event.type === 'run.step' || event.type === 'run.epoch' || event.type === 'run.costliest') curves.add(event);
    else if (event.type === 'job') keepJob(event.job, onJobEnded);
    else if (event.type === 'engine') keepEngine(event.state);
    else askAgain(event.topic);
  });
  let wasLost = false;
  const stopConnection = bridge.onConnection((isConnected) => {
    if (isConnected && wasLost) void queryClient.invalidateQueries();
    wasLost = !isConnected;
  });
  return () => {
    stopEvents();
    stopConnection();
    curves.stop();
  };
}

export function askAgain(topic: Topic): void {
  for (const name of answersOf[topic]) void queryClient.invalidateQueries({ queryKey: [name] });
}

const isOver = (job: Job): boolean => job.state !== 'queued' && job.state !== 'running';

function keepJob(job: Job, onJobEnded: (job: Job) => void): void {
  const key = askKey('jobs.list', {});
  const before = queryClient.getQueryData<Job[]>(key);
  if (!before) return void queryClient.invalidateQueries({ queryKey: key });
  const known = before.find((other) => other.id === job.id);
  queryClient.setQueryData<Job[]>(key, known ? before.map((other) => (other.id === job.id ? job : other)) : [job, ...before]);
  if (isOver(job) && known && !isOver(known)) onJobEnded(job);
}

function keepEngine(engine: RequestOutput<'desk.state'>['engine']): void {
  queryClient.setQueryData<RequestOutput<'desk.state'>>(askKey('desk.state', {}), (state) => (state ? { ...state, engine } : state));
  if (engine === 'ready') askAgain('desk');
}

/** Steps come faster than a screen needs them: they are gathered and added together. */
function curveBuffer(): { add(event: CurveEvent): void; stop(): void } {
  let waiting: CurveEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;
  const flush = (): void => {
    timer = null;
    const events = waiting;
    waiting = [];
    for (const runId of new Set(events.map((event) => event.runId))) {
      queryClient.setQueryData<RequestOutput<'runs.get'>>(askKey('runs.get', { runId }), (answer) =>
        answer && extended(answer, events.filter((event) => event.runId === runId)));
    }
  };
  return {
    add: (event) => {
      waiting.push(event);
      timer ??= setTimeout(flush, CURVE_MS);
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
