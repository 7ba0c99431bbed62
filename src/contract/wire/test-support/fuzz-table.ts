import fc from 'fast-check';
import type { RequestErrorCode } from '../../request-error.ts';
import type { Answer, RequestName } from '../../requests.ts';
import { requestTable } from '../../requests.ts';
import type { Named } from './hostile-inputs.ts';
import { hostileInputs, spoiledEverywhere } from './hostile-inputs.ts';
import { hostileWords, megabytes, nested, prototypeKeys, wrongKinds } from './hostile-values.ts';

export interface FuzzPlan {
  ask: (name: unknown, input: unknown) => Promise<unknown>;
  named: Named;
  /** Random inputs of each of the two sorts, for each request. */
  runs: number;
  /** Words that no answer may hold: what lies in files that nobody may be told, folders of the program. */
  secrets: readonly string[];
  /** Called after each request's inputs; what they have started is stopped here. */
  afterEach: (name: RequestName) => Promise<void>;
  /** Every place of an input is spoiled in every way, and huge is 10 MB instead of one. */
  isThorough: boolean;
}

/** Of `internal` there is none here: what a stranger may write must not meet a bug. */
const refusals: readonly RequestErrorCode[] = [
  'invalid-input', 'not-found', 'conflict', 'bad-image', 'bad-dataset', 'bad-recipe', 'no-model', 'no-threshold', 'too-little-data', 'engine-lost', 'cancelled',
  'not-allowed', 'locked', 'wrong-passphrase', 'not-signed-in', 'locked-out', 'storage',
];

/** As deep as a structured clone goes. */
const deepest = 1000;

/** A refusal may say again what was asked, but not all of it. */
const longestMessage = 9000;

/** The requests of the table; those that change how the store is locked, and by whom it is opened, come last, since after them the others are refused at once. */
export function requestsInOrder(): RequestName[] {
  const names = Object.keys(requestTable) as RequestName[];
  const isLast = (name: RequestName): boolean => name.startsWith('protection.') || name.startsWith('operators.') || name === 'demo.reset' || name === 'gallery.move';
  return [...names.filter((name) => !isLast(name)), ...names.filter(isLast)];
}

export interface FuzzOutcome {
  asked: number;
  answered: number;
  /** What was no proper answer, the first of each request. */
  complaints: string[];
}

/** Sends every request of the table hostile inputs, the same ones each time. */
export async function fuzzTable(plan: FuzzPlan): Promise<FuzzOutcome> {
  const outcome = { asked: 0, answered: 0 };
  const complaints = new Map<string, string>();
  const judge = async (name: unknown, input: unknown): Promise<void> => {
    outcome.asked += 1;
    const answer = await plan.ask(name, input);
    const objection = objectionTo(answer, plan.secrets);
    if (objection !== null && !complaints.has(named(name))) complaints.set(named(name), complaint(name, input, objection));
    if ((answer as Answer<unknown> | null)?.ok === true) outcome.answered += 1;
  };
  for (const name of [...hostileWords, ...wrongKinds, megabytes(10), 'desk.state ', 'Desk.state', 'desk']) await judge(name, {});
  for (const name of requestsInOrder()) {
    const { fitting, spoiled } = hostileInputs(requestTable[name].input, plan.named);
    const random = [fitting, spoiled].flatMap((inputs) => fc.sample(inputs, { seed: 20_261_129, numRuns: plan.runs }));
    for (const input of [...fixedInputs(name, plan), ...random]) await judge(name, input);
    await plan.afterEach(name);
  }
  return { ...outcome, complaints: [...complaints.values()] };
}

function fixedInputs(name: RequestName, { named, isThorough }: FuzzPlan): unknown[] {
  const [sample] = fc.sample(hostileInputs(requestTable[name].input, named).fitting, { seed: 1, numRuns: 1 });
  const fields = typeof sample === 'object' && sample !== null ? Object.keys(sample) : [];
  const inEach = (value: unknown): unknown[] => fields.map((field) => ({ ...(sample as object), [field]: value }));
  const huge = isThorough ? 10 : 1;
  return [
    ...wrongKinds, ...hostileWords, ...prototypeKeys, ...(isThorough ? spoiledEverywhere(sample) : []),
    nested(deepest, 'object'), nested(deepest, 'array'), ...inEach(nested(deepest, 'object')),
    { [megabytes(huge)]: 1 }, ...inEach(megabytes(huge)).slice(0, 1),
  ];
}

/** What is wrong with an answer, or null. */
export function objectionTo(answer: unknown, secrets: readonly string[]): string | null {
  const words = JSON.stringify(answer) as string | undefined;
  if (typeof answer !== 'object' || answer === null || !('ok' in answer)) return 'is no answer';
  const told = secrets.find((secret) => words?.includes(secret) === true);
  if (told !== undefined) return `tells ${told}`;
  const known = answer as Answer<unknown>;
  return known.ok ? null : objectionToRefusal(known);
}

function objectionToRefusal({ code, message }: { code: string; message: string }): string | null {
  if (!(refusals as readonly string[]).includes(code)) return `has the code ${code}`;
  if (typeof message !== 'string' || message === '') return 'says nothing';
  if (message.length > longestMessage) return `has a message of ${String(message.length)} characters`;
  return /\n\s+at \S|node_modules|\.ts:\d+/.test(message) ? 'holds a trace of the program' : null;
}

const named = (name: unknown): string => (typeof name === 'string' ? name : String(JSON.stringify(name))).slice(0, 60);

function complaint(name: unknown, input: unknown, objection: string): string {
  return `The answer to ${named(name)} ${objection}. Input: ${String(JSON.stringify(input)).slice(0, 400)}`;
}
