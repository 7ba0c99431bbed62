import { Option } from 'commander';
import type { Command } from 'commander';
import type { FingerPosition } from '../contract/vocabulary.ts';
import { fingerPosition } from '../contract/vocabulary.ts';

export interface FingersChoice {
  hand?: true;
  finger?: FingerPosition;
}

/** Which fingers the pictures show: the four of a hand, or the one that is named. */
export function addFingersOptions(command: Command): Command {
  return command
    .addOption(new Option('--hand', 'the picture shows a whole hand: index, middle, ring and little, each by itself').conflicts(['faces', 'finger']))
    .addOption(fingerOption());
}

export function fingerOption(): Option {
  return new Option('--finger <which>', 'the finger that the picture shows; it is compared with no other').choices(fingerPosition.options);
}
