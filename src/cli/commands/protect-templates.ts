import type { GalleryTransform, TemplateProtectionState } from '../../contract/requests/cancelable.ts';
import { transformWords } from '../../contract/transform-words.ts';
import { followJob } from '../follow-job.ts';
import type { Outcome } from '../outcome.ts';
import type { Session } from '../session.ts';

export const templatesHelp = `
--transform puts the templates of the gallery under a keyed transform: random-orthogonal, bio-hash or mlp-hash, or none.
--reissue revokes them and issues them anew under a new key. Nobody is recaptured: the new templates come from the old
ones, or from the kept samples. Until all are there everything is compared as before; Ctrl-C leaves it so. A change that
was interrupted is gone on with by the same command. Then the old key and templates are destroyed.`;

/** `likeness protect --transform NAME` and `--reissue`: null is a new key for the transform there is. */
export async function changeTemplates(session: Session, transform: GalleryTransform | null): Promise<Outcome> {
  const { jobId } = transform === null ? await session.ask('cancelable.reissue', {}) : await session.ask('cancelable.protect', { transform });
  const { message } = await followJob(session, jobId);
  const { templates, threshold } = await session.ask('desk.state', {});
  const hint = threshold !== null ? '' : `\nThere is no threshold for templates under ${transformWords[templates.transform]}. ${howToChoose(templates.transform)}`;
  return { json: { ...templates, message }, text: `${message}${hint}` };
}

function howToChoose(transform: GalleryTransform): string {
  const option = transform === 'bio-hash' || transform === 'mlp-hash' ? ` --transform ${transform}` : '';
  return `To get one: likeness evaluate${option}, then choose a threshold in Evaluate.`;
}

export function templatesWords({ transform, changingTo }: TemplateProtectionState): string {
  const change = changingTo === null ? '' : `; being put under ${transformWords[changingTo]} with a new key`;
  return `under ${transformWords[transform]}${change}`;
}
