import { describe, expect, it } from 'vitest';
import { comparisonList } from './comparison-list.ts';
import { readRidgeBaseName } from './ridgebase-names.ts';
import { fourFingerPairs, setPairs, singleFingerPairs } from './ridgebase-pairs.ts';
import { readRidgeBaseSets } from './ridgebase-sets.ts';

const finger = (person: string, capture: string, number: number, hand = 'LEFT'): string => `Task1/Test/Contactless/1_Apple_${person}_1_${hand}_image_fingerprint${capture}_${number}.png`;
const print = (person: string, name: string, hand = 'Left'): string => `Task1/Test/Contactbased/1_${person}_${hand}_${name}.bmp`;

describe('the file names of RidgeBase', () => {
  it.each([
    ['Task1/Test/Contactless/1_Apple_14493_1_LEFT_image_fingerprintSMEG5K05_0.png', { sensor: 'contactless', person: '14493', hand: 'left', finger: 'index' }],
    ['fingers/10727/1_Apple_10727_1_RIGHT_image_fingerprint8GIFPDNU_0.8888496160507202_3.png', { sensor: 'contactless', person: '10727', hand: 'right', finger: 'little' }],
    ['1_Google_14493_3_LEFT_image_fingerprintSMEG5K05.png', { sensor: 'contactless', person: '14493', finger: null }],
    ['Task1/Test/Contactbased/2_14493_Right_Ring.bmp', { sensor: 'contact', session: '2', person: '14493', hand: 'right', finger: 'ring' }],
    ['Task2/Test/Contactbased/14493/1_14493_Left_Four_Fingers.bmp', { sensor: 'contact', finger: null }],
  ])('say sensor, person, hand and finger: %s', (path, said) => {
    expect(readRidgeBaseName(path)).toMatchObject({ path, ...said });
  });

  it('are others than those of FVC or a camera', () => {
    for (const path of ['1_1.tif', 'IMG_0001.jpg', 'readme_first.png', '1_14493_Left_Thumb.bmp']) expect(readRidgeBaseName(path)).toBeNull();
  });
});

describe('RidgeBase', () => {
  const paths = [finger('10', 'AAAAAAAA', 0), finger('10', 'BBBBBBBB', 0), finger('10', 'AAAAAAAA', 1), finger('20', 'CCCCCCCC', 0), print('10', 'Index'), print('20', 'Index'), print('10', 'Middle', 'Right')];

  it('compares single fingers in task 1: the same finger is mated, another finger of the person is not', () => {
    const pairs = [...singleFingerPairs([...paths, 'Task1/Train/Contactless/1/1_Apple_99_1_LEFT_image_fingerprintTTTTTTTT_0.99_0.png'], 'CL2CL').pairs()];
    expect(pairs).toHaveLength(6);
    expect(pairs.filter(({ isMated }) => isMated)).toMatchObject([{ sampleA: finger('10', 'AAAAAAAA', 0), sampleB: finger('10', 'BBBBBBBB', 0), subjectA: '10' }]);
    expect(pairs.find(({ sampleA, sampleB }) => sampleA === finger('10', 'AAAAAAAA', 0) && sampleB === finger('10', 'AAAAAAAA', 1))).toMatchObject({ subjectA: '10', subjectB: '10', isMated: false });
    const crossed = [...singleFingerPairs(paths, 'C2CL').pairs()];
    expect(crossed).toHaveLength(3 * 4);
    expect(crossed.filter(({ isMated }) => isMated).map(({ sampleA, sampleB }) => [sampleA, sampleB])).toEqual([
      [print('10', 'Index'), finger('10', 'AAAAAAAA', 0)], [print('10', 'Index'), finger('10', 'BBBBBBBB', 0)], [print('20', 'Index'), finger('20', 'CCCCCCCC', 0)],
    ]);
  });

  it('compares hands in task 2: photos of four fingers as they are, else the fingers of one photo, finger by finger', () => {
    const hand = (person: string, capture: string): string => `Task2/Test/Contactless/${person}/1_Apple_${person}_1_LEFT_image_fingerprint${capture}.png`;
    const whole = fourFingerPairs([...paths, hand('10', 'A'), hand('10', 'B'), hand('20', 'C'), 'Task2/Test/Contactbased/10/1_10_Left_Four_Fingers.bmp', 'Task2/Test/Contactbased/10/1_10_Left_Four_Fingers.wsq'], 'CL2CL');
    expect([...whole.pairs()].map(({ isMated }) => isMated)).toEqual([true, false, false]);
    const sets = fourFingerPairs(paths, 'CL2CL');
    expect([...sets.pairs()].map(({ sampleA, sampleB, isMated }) => [sampleA, sampleB, isMated])).toEqual([
      ['1 Apple 10 1 left AAAAAAAA', '1 Apple 10 1 left BBBBBBBB', true], ['1 Apple 10 1 left AAAAAAAA', '1 Apple 20 1 left CCCCCCCC', false], ['1 Apple 10 1 left BBBBBBBB', '1 Apple 20 1 left CCCCCCCC', false],
    ]);
    expect(sets.sets.get('1 Apple 10 1 left AAAAAAAA')).toEqual([{ path: finger('10', 'AAAAAAAA', 0), part: 'index' }, { path: finger('10', 'AAAAAAAA', 1), part: 'middle' }]);
  });

  it('compares the sets of task 3 that its JSON names, in whichever form it lists them', () => {
    const [a, b, c] = [finger('10', 'AAAAAAAA', 0), finger('10', 'BBBBBBBB', 0), finger('20', 'CCCCCCCC', 0)].map((path) => path.split('/').at(-1)!) as [string, string, string];
    const forms = [
      { gallery: { g1: [a], g2: [c] }, query: { q1: [b] } },
      { test: { gallery_set: [[a], [c]], query_set: [[`Contactless/${b}`]] } },
      { gallery: [{ id: 'x', files: [a.replace('.png', '.jpg')] }, { id: 'y', files: [c] }], probes: [{ id: 'z', files: [b] }] },
    ];
    const hashes = forms.map((form) => {
      const list = comparisonList(setPairs(paths, readRidgeBaseSets(JSON.stringify(form), 't.json')), 't.json');
      expect([...list.pairs()].map(({ subjectA, subjectB, isMated }) => [subjectA, subjectB, isMated])).toEqual([['10', '10', true], ['20', '10', false]]);
      expect(list.samples.map(({ path }) => path).sort()).toEqual([finger('10', 'AAAAAAAA', 0), finger('10', 'BBBBBBBB', 0), finger('20', 'CCCCCCCC', 0)].sort());
      return list.hash;
    });
    expect(new Set(hashes).size).toBe(3);
    expect(() => readRidgeBaseSets('{"gallery": {"g": ["a.png"]}}', 't.json')).toThrow(/t.json needs the keys gallery and query.*it has 1 and 0 sets/);
    expect(() => setPairs(paths, { gallery: [{ name: 'mixed', files: [a, c] }], query: [{ name: 'q', files: [b] }] })).toThrow(/The set mixed is not of one finger/);
  });
});
