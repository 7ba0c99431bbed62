import type { SampleQuality } from '../contract/requests/inspections.ts';

/** "34 of 100 (blurred: hold still; too dark)". */
export function qualityWords({ score, reasons }: SampleQuality): string {
  return `${String(score)} of 100${reasons.length === 0 ? '' : ` (${reasons.join('; ')})`}`;
}
