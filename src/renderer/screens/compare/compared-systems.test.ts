import { expect, it } from 'vitest';
import type { SystemReference } from '../../../contract/requests/comparisons.ts';
import { comparedSystems, comparisonAddress } from './compared-systems.ts';

const systems: SystemReference[] = [{ kind: 'evaluation', id: 'evaluation-1', system: 'raw-pixels' }, { kind: 'protocol', id: 'protocol-2' }, { kind: 'scores', id: 'scores-3' }];

it('an address names its systems, and is read back as them', () => {
  const address = comparisonAddress(systems);
  expect(address).toBe('/compare/evaluation~evaluation-1~raw-pixels,protocol~protocol-2,scores~scores-3');
  expect(comparedSystems(address.slice('/compare/'.length))).toEqual(systems);
  expect(comparisonAddress([])).toBe('/compare');
});

it('what names no system is left out, nothing stands twice, and six are the most', () => {
  expect(comparedSystems('scores~a,scores~a,nonsense,evaluation~b,evaluation~c~other')).toEqual([{ kind: 'scores', id: 'a' }, { kind: 'evaluation', id: 'b', system: 'model' }]);
  expect(comparedSystems(Array.from({ length: 9 }, (_, at) => `scores~s${at}`).join(','))).toHaveLength(6);
});
