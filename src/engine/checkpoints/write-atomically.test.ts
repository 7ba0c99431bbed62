import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { limits, runLimited, whyNoLimit } from '../../store/test-support/small-disk.ts';
import { temporaryHome } from '../../store/test-support/temporary-home.ts';
import type { FullDiskCheckpoint } from '../test-support/checkpoint-on-full-disk.ts';

const script = join(import.meta.dirname, '..', 'test-support', 'checkpoint-on-full-disk.ts');

describe.each(limits)('a checkpoint that finds no room by a limit on the %s', (limit) => {
  const reason = whyNoLimit(limit);
  if (reason !== null) console.log(`A checkpoint on a disk full by a limit on the ${limit} is not tried: ${reason}.`);

  it.skipIf(reason !== null)('leaves the one before, whole, and says what to do', () => {
    using disk = temporaryHome();
    const found = runLimited<FullDiskCheckpoint>(limit, disk.path, { megabytes: 4, script });
    expect(found).toEqual({ refusal: expect.stringMatching(/^storage: .*(ENOSPC|EFBIG).*Check the free space/), whileFull: '1', files: ['checkpoint.safetensors'], withRoom: '3' });
  });
});
