import type { DeskEvent, Topic } from './events.ts';
import type { JobKind } from './jobs.ts';
import { RequestError } from './request-error.ts';
import type { RequestName } from './requests.ts';
import type { Role } from './requests/operators.ts';

/** 'anybody': before signing in too. */
type Access = readonly Role[] | 'anybody';

const everyone = ['operator', 'researcher', 'administrator'] as const;
/** Whoever works with the people of the gallery. */
const recognition = ['operator', 'administrator'] as const;
/** Whoever works with datasets, models and figures. */
const laboratory = ['researcher', 'administrator'] as const;
const administration = ['administrator'] as const;

/**
 * Who may ask what, once a store has operators: the one table of it. The compiler asks for a line for every request; the wall
 * (`wire/answer`) and the window read it here.
 */
export const whoMay: { readonly [Name in RequestName]: Access } = {
  'session.state': 'anybody',
  'session.signIn': 'anybody',
  'session.signOut': 'anybody',
  'session.setPassphrase': everyone,
  'operators.list': administration,
  'operators.add': administration,
  'operators.remove': administration,
  'operators.setRole': administration,
  'operators.setPassphrase': administration,
  'operators.lift': administration,
  'operators.turnOff': administration,

  'desk.state': everyone,
  'device.report': everyone,
  'demo.reset': administration,
  'folders.list': everyone,
  // Each sees and stops the jobs of their own work: `jobSeenBy`.
  'jobs.list': everyone,
  'jobs.get': everyone,
  'jobs.cancel': everyone,

  'protection.unlock': administration,
  'protection.unlockBySystem': administration,
  'protection.lock': everyone,
  'protection.touch': everyone,
  'protection.protect': administration,
  'protection.rotate': administration,
  'protection.setLockAfter': administration,
  'backup.write': administration,
  'backup.verify': administration,
  'backup.restore': administration,
  'audit.list': administration,
  'audit.verify': administration,
  'audit.export': administration,
  'receipts.list': administration,
  'receipts.verify': administration,

  'subjects.list': recognition,
  'subjects.get': recognition,
  'subjects.rename': administration,
  'subjects.delete': administration,
  'subjects.export': administration,
  'subjects.setRetention': administration,
  'samples.delete': administration,
  'retention.run': administration,
  'consent.policy': everyone,
  'consent.setPolicy': administration,
  'consent.record': recognition,
  'gallery.where': administration,
  'gallery.move': administration,
  'enrol.images': recognition,
  'enrol.folder': recognition,
  'verify.compare': recognition,
  'identify.search': recognition,
  'images.put': recognition,
  // Of the pictures that one may see: `pictureSeenBy`.
  'images.inspect': everyone,
  'images.look': everyone,
  'guards.get': everyone,
  'guards.set': administration,
  'policy.get': everyone,
  'policy.set': administration,
  'thresholds.get': everyone,
  'thresholds.choose': laboratory,

  'datasets.list': laboratory,
  'datasets.get': laboratory,
  'datasets.add': laboratory,
  'datasets.remove': laboratory,
  'datasets.resplit': laboratory,
  'datasets.subjects': laboratory,
  'labels.list': laboratory,
  'labels.mark': laboratory,
  'labels.unmark': laboratory,
  'recipes.check': laboratory,
  'recipes.presets': laboratory,
  'runs.list': laboratory,
  'runs.get': laboratory,
  'runs.start': laboratory,
  'runs.resume': laboratory,
  'runs.remove': laboratory,
  'models.list': everyone,
  'models.use': laboratory,
  'models.add': laboratory,
  'models.rename': laboratory,
  'models.remove': laboratory,
  'sweeps.start': laboratory,
  'sweeps.results': laboratory,
  'evaluations.list': laboratory,
  'evaluations.get': laboratory,
  'evaluations.start': laboratory,
  'evaluations.repeat': laboratory,
  'evaluations.remove': laboratory,
  'evaluations.export': laboratory,
  'explore.map': laboratory,
  'explore.draw-map': laboratory,
  'explore.neighbours': laboratory,
  'explore.pairs': laboratory,
  'explore.samples': laboratory,
  'explore.slices': laboratory,
  'explore.zoo': laboratory,
  'explore.discard': laboratory,
  'comparisons.get': laboratory,
  'comparisons.overlay': laboratory,
  'comparisons.start': laboratory,
  'comparisons.systems': laboratory,
  'protocols.list': laboratory,
  'protocols.get': laboratory,
  'protocols.pairs': laboratory,
  'protocols.slices': laboratory,
  'protocols.discard': laboratory,
  'protocols.run': laboratory,
  'protocols.export': laboratory,
  'protocols.remove': laboratory,
  'scores.list': laboratory,
  'scores.fuse': laboratory,
  'scores.get': laboratory,
  'scores.import': laboratory,
  'scores.imported': laboratory,
  'scores.measure': laboratory,
  'scores.remove': laboratory,
  'cancelable.measure': laboratory,
  'cancelable.protect': administration,
  'cancelable.reissue': administration,
  'embeddings.write': laboratory,
  'fingers.synthesize': laboratory,
  'losses.compute': laboratory,
  // Not what was exported of a person, nor the audit: `exports.ts`.
  'exports.read': laboratory,
};

/** Whose work a job is: titles and logs of some speak of people. */
export const jobSeenBy: { readonly [Kind in JobKind]: readonly Role[] } = {
  'demo': everyone, 'dataset': laboratory, 'train': laboratory, 'evaluate': laboratory, 'enrol-folder': recognition, 're-embed': recognition, 'protect-templates': recognition,
  'embed': laboratory, 'scores': laboratory, 'sweep': laboratory, 'map': laboratory, 'pretrained': everyone, 'backup': administration,
};

/** 'gallery': a sample of an enrolled person; 'shelf': a picture that was handed in to be compared; 'laboratory': one of a dataset, run or protocol. */
export type PictureKind = 'gallery' | 'shelf' | 'laboratory';

export const pictureSeenBy: { readonly [Kind in PictureKind]: readonly Role[] } = { gallery: recognition, shelf: recognition, laboratory };

const topicSeenBy: { readonly [Each in Topic]: readonly Role[] } = {
  session: everyone, desk: everyone, datasets: laboratory, runs: laboratory, models: everyone, subjects: recognition, evaluations: laboratory, thresholds: everyone,
};

const eventSeenBy: { readonly [Type in DeskEvent['type']]: (event: Extract<DeskEvent, { type: Type }>) => readonly Role[] } = {
  'job': ({ job }) => jobSeenBy[job.kind],
  'run.step': () => laboratory,
  'run.epoch': () => laboratory,
  'run.costliest': () => laboratory,
  'engine': () => everyone,
  'changed': ({ topic }) => topicSeenBy[topic],
};

/** Whoever is signed in, as far as it matters here. */
export interface Actor {
  name: string;
  role: Role;
}

/** Whether an event may be told to somebody; null: nobody is signed in where somebody has to be. */
export function mayHear(event: DeskEvent, actor: Actor | null): boolean {
  // Says only that it is time to ask who is there.
  if (event.type === 'changed' && event.topic === 'session') return true;
  const seenBy = eventSeenBy[event.type] as (event: DeskEvent) => readonly Role[];
  return actor !== null && seenBy(event).includes(actor.role);
}

export function mayAsk(name: RequestName, role: Role): boolean {
  const access = whoMay[name];
  return access === 'anybody' || access.includes(role);
}

/** Why somebody may not ask this, in words; null where they may. */
export function refusalOf(name: RequestName, actor: Actor | null): RequestError | null {
  const access = whoMay[name];
  if (access === 'anybody') return null;
  if (actor === null) return new RequestError('not-signed-in', 'Nobody is signed in here. Sign in with your name and passphrase: in the window, or in the terminal with LIKENESS_OPERATOR and LIKENESS_PASSPHRASE.');
  return access.includes(actor.role) ? null : notFor(access, actor);
}

/** What a role does not allow, in words. */
export function notFor(roles: readonly Role[], { name, role }: Actor): RequestError {
  return new RequestError('not-allowed', `This is for ${roles.map((one) => `${one}s`).join(' and ')}, and ${name} is signed in as ${role}. An administrator can do it, or give ${name} another role.`);
}
