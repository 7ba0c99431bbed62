import type { ComponentType } from 'react';
import type { RequestName } from '../../contract/requests.ts';
import {
  IconArrowsDiff, IconChartLine, IconCpu, IconDatabase, IconFileText, IconFingerprint, IconListCheck, IconPhotoPlus, IconSchool, IconSearch, IconSettings, IconStack2, IconUsers,
  IconUserCheck, IconZoomScan,
} from '@tabler/icons-react';

/** One place of the window: an address, what it is for in one sentence, and the key that goes there after `g`. */
export interface Place {
  readonly address: string;
  /** What one does there before all: whoever may not ask this has no such place. */
  readonly needs: RequestName;
  readonly name: string;
  readonly purpose: string;
  readonly key: string;
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
}

export interface PlaceGroup {
  readonly name: string;
  readonly places: readonly Place[];
}

export const welcome: Place = { address: '/', needs: 'desk.state', name: 'Meet Likeness', purpose: 'The demo project in four steps.', key: 'h', icon: IconFingerprint };

export const placeGroups: readonly PlaceGroup[] = [
  {
    name: 'Recognise',
    places: [
      { address: '/enrol', needs: 'enrol.images', name: 'Enrol', purpose: 'Add a person to the gallery with one or more pictures.', key: 'e', icon: IconPhotoPlus },
      { address: '/verify', needs: 'verify.compare', name: 'Verify', purpose: 'Compare a picture with one person: is it who they claim to be?', key: 'v', icon: IconUserCheck },
      { address: '/identify', needs: 'identify.search', name: 'Identify', purpose: 'Search the whole gallery for the person in a picture.', key: 'i', icon: IconSearch },
      { address: '/gallery', needs: 'subjects.list', name: 'Gallery', purpose: 'Everyone who is enrolled, with their samples.', key: 'g', icon: IconUsers },
    ],
  },
  {
    name: 'Learn',
    places: [
      { address: '/datasets', needs: 'datasets.list', name: 'Datasets', purpose: 'Folders of pictures to train and evaluate on, split by person.', key: 'd', icon: IconDatabase },
      { address: '/train', needs: 'runs.start', name: 'Train', purpose: 'Teach a network to tell people apart, and watch it learn.', key: 't', icon: IconSchool },
      { address: '/models', needs: 'models.use', name: 'Models', purpose: 'Trained embeddings: which one is in use, and what it rests on.', key: 'm', icon: IconStack2 },
    ],
  },
  {
    name: 'Examine',
    places: [
      { address: '/evaluate', needs: 'evaluations.list', name: 'Evaluate', purpose: 'Measure a model on people it has never seen, and choose a threshold.', key: 'x', icon: IconChartLine },
      { address: '/compare', needs: 'comparisons.systems', name: 'Compare', purpose: 'Lay two to six evaluations or score files over each other: which is better, or cannot the data tell?', key: 'c', icon: IconArrowsDiff },
      { address: '/explore', needs: 'explore.map', name: 'Explore', purpose: 'See the pairs, people and samples behind the errors of an evaluation.', key: 'o', icon: IconZoomScan },
      { address: '/reports', needs: 'evaluations.export', name: 'Reports', purpose: 'Every evaluation as a report to read, to print and to paste into a paper.', key: 'r', icon: IconFileText },
    ],
  },
  {
    name: 'Trust',
    places: [
      { address: '/audit', needs: 'audit.list', name: 'Audit', purpose: 'What was done with people’s data, in a log that shows every change to itself.', key: 'a', icon: IconListCheck },
      { address: '/settings', needs: 'desk.state', name: 'Settings', purpose: 'The data folder and who can read it, consent, guards, appearance and licences.', key: 's', icon: IconSettings },
      { address: '/device', needs: 'device.report', name: 'Device', purpose: 'What really computes here, how fast it is, and what would change it.', key: 'p', icon: IconCpu },
    ],
  },
];

export const places: readonly Place[] = [welcome, ...placeGroups.flatMap((group) => group.places)];

/** The place that an address lies in: "/gallery/subject-1" is in the gallery. */
export function placeOf(address: string): Place | undefined {
  return places.find((place) => address === place.address || (place.address !== '/' && address.startsWith(`${place.address}/`)));
}
