import { expect, it } from 'vitest';
import { protocolSource } from '../../../contract/requests/protocols.ts';
import { emptyProtocolDraft, protocolOrderOf, protocolSourceOf } from './protocol-draft.ts';
import { kindWords } from './protocol-words.ts';

const draft = { ...emptyProtocolDraft, images: ' /data/prints ', file: '/data/list.csv' };

it('every protocol that the form offers is one that the desk takes', () => {
  for (const kind of Object.keys(kindWords) as (keyof typeof kindWords)[]) {
    const source = protocolSourceOf({ ...draft, kind });
    expect(protocolSource.safeParse(source)).toMatchObject({ success: true, data: { kind, images: '/data/prints' } });
  }
});

it('says what is lacking, and asks for no file where none is read', () => {
  expect(protocolSourceOf({ ...draft, images: ' ' })).toBe('It needs the folder of its images.');
  expect(protocolSourceOf({ ...draft, kind: 'lfw', file: '' })).toBe('It needs its file: pairs.txt.');
  expect(protocolSourceOf({ ...draft, kind: 'fvc', file: '' })).toEqual({ kind: 'fvc', images: '/data/prints' });
  expect(protocolSourceOf({ ...draft, kind: 'ridgebase', task: 1, file: '' })).toMatchObject({ file: null, task: 1 });
  expect(protocolSourceOf({ ...draft, kind: 'ridgebase', task: 3, file: '' })).toContain('Sets (JSON)');
});

it('asks for no searches where nobody is compared with everybody, though they were ticked for another protocol', () => {
  const ticked = { ...draft, studies: ['identification' as const, 'zoo' as const] };
  const studiesOf = (kind: keyof typeof kindWords, more: object = {}): string[] => protocolOrderOf({ ...ticked, kind, ...more }).plan.studies;
  for (const kind of ['all-pairs', 'lfw', 'fvc', 'sets'] as const) expect(studiesOf(kind)).toEqual(['zoo']);
  for (const kind of ['pairs', 'gallery'] as const) expect(studiesOf(kind)).toEqual(['identification', 'zoo']);
  expect(studiesOf('ridgebase', { sensors: 'CL2CL', task: 1 })).toEqual(['zoo']);
  expect(studiesOf('ridgebase', { sensors: 'C2CL', task: 1 })).toEqual(['identification', 'zoo']);
});

it('sends metadata and cohort along where they are named', () => {
  expect(protocolOrderOf(draft)).toMatchObject({ metadata: null, cohort: null });
  expect(protocolOrderOf({ ...draft, metadata: ' /data/metadata.csv ', cohort: '/data/others' })).toMatchObject({ metadata: '/data/metadata.csv', cohort: '/data/others' });
});
