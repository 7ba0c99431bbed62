import { expect, it } from 'vitest';
import type { Upload } from '../../desk/use-uploads.ts';
import { afterEnrolment, imagesThere, readyImages, withoutReasons, withUpload } from './tray.ts';

const there = (key: string): Upload => ({ key, fileName: `${key}.jpg`, state: 'there', image: { imageId: `image-${key}`, width: 90, height: 110, format: 'jpeg' } });

it('replaces a picture that is being sent when it has arrived, in its place', () => {
  const sending: Upload = { key: 'a', fileName: 'a.jpg', state: 'sending' };
  const items = withUpload(withUpload(withUpload([], sending), there('b')), there('a'));
  expect(items.map(({ upload }) => [upload.key, upload.state])).toEqual([['a', 'there'], ['b', 'there']]);
});

it('takes the accepted pictures away and keeps the others with their reasons', () => {
  const items = [there('a'), there('b'), there('c')].reduce(withUpload, [] as ReturnType<typeof withUpload>);
  const left = afterEnrolment(items, [
    { fileName: 'a.jpg', imageId: 'image-a', sampleId: 'sample-1', accepted: true, reason: null, finger: null, quality: null },
    { fileName: 'b.jpg', imageId: 'image-b', sampleId: null, accepted: false, reason: 'Too small.', finger: null, quality: null },
  ]);
  expect(left.map(({ key, reason }) => [key, reason])).toEqual([['b', 'Too small.'], ['c', null]]);
  expect(readyImages(left)).toEqual(['image-c']);
  expect(imagesThere(left)).toEqual(['image-b', 'image-c']);
  expect(readyImages(withoutReasons(left))).toEqual(['image-b', 'image-c']);
});
