import { Option } from 'commander';
import type { SeveralChoice } from '../contract/vocabulary.ts';

export interface FacesChoice<Choice extends SeveralChoice> {
  faces?: Choice;
}

/** What to do with several faces, or fingers, in a picture. */
export function facesOption(choices: readonly SeveralChoice[]): Option {
  return new Option('--faces <which>', 'of several faces (or fingers) in a picture; else as the policy says').choices(choices);
}
