import { describe, expect, it } from 'vitest';
import { operatingPoints, ratesAtThreshold } from './error-rates.ts';
import { failureRates, scoresWithFailures, transactionRates } from './failure-to-acquire.ts';
import { sortScores } from './score-set.ts';

describe('failures to acquire and to enrol', () => {
  const failures = failureRates({ attempts: 20, failedAttempts: 4, enrolments: 10, failedEnrolments: 1 });

  it('are counted into the rates of transactions', () => {
    expect(failures).toEqual({ fta: 0.2, fte: 0.1 });
    const rates = transactionRates({ fmr: 0.05, fnmr: 0.25 }, failures);
    expect(rates.far).toBeCloseTo(0.04, 15);
    expect(rates.frr).toBeCloseTo(0.4, 15);
    expect(rates.gfar).toBeCloseTo(0.036, 15);
    expect(rates.gfrr).toBeCloseTo(0.46, 15);
  });

  it('change nothing where there are none, and reject everybody where there is nothing else', () => {
    expect(transactionRates({ fmr: 0.05, fnmr: 0.25 }, { fta: 0, fte: 0 })).toEqual({ far: 0.05, frr: 0.25, gfar: 0.05, gfrr: 0.25 });
    expect(transactionRates({ fmr: 0.05, fnmr: 0.25 }, { fta: 1, fte: 0 })).toEqual({ far: 0, frr: 1, gfar: 0, gfrr: 1 });
    expect(transactionRates({ fmr: 0.05, fnmr: 0.25 }, { fta: 0, fte: 1 })).toMatchObject({ far: 0.05, gfar: 0, gfrr: 1 });
  });

  it('folded into the scores give the generalised rates of a full design', () => {
    // 10 subjects, 2 attempts each against the own reference and 1 other: 1 subject has none, and 3 of 18 attempts fail.
    const taken = { mated: Float64Array.from({ length: 15 }, (_, i) => i), nonMated: Float64Array.from({ length: 15 }, (_, i) => i - 9) };
    const folded = scoresWithFailures(taken, { mated: 5, nonMated: 5 });
    const compared = ratesAtThreshold(operatingPoints(sortScores(taken)), 4);
    const expected = transactionRates(compared, { fta: 3 / 18, fte: 1 / 10 });
    const found = ratesAtThreshold(operatingPoints(sortScores(folded)), 4);
    expect(found.fmr).toBeCloseTo(expected.gfar, 15);
    expect(found.fnmr).toBeCloseTo(expected.gfrr, 15);
    expect(folded.mated).toHaveLength(20);
  });

  it('are refused where they make no sense', () => {
    const counts = { attempts: 5, failedAttempts: 0, enrolments: 5, failedEnrolments: 0 };
    expect(() => failureRates({ ...counts, failedAttempts: 6 })).toThrow(/6 of 5 attempts/);
    expect(() => failureRates({ ...counts, enrolments: 0 })).toThrow(/0 of 0 enrolments/);
    expect(() => failureRates({ ...counts, attempts: 1.5 })).toThrow(/whole number/);
    expect(() => transactionRates({ fmr: 2, fnmr: 0 }, { fta: 0, fte: 0 })).toThrow(/fmr lies in/);
    const none = new Float64Array(0);
    expect(() => scoresWithFailures({ mated: none, nonMated: none }, { mated: -1, nonMated: 0 })).toThrow(/whole number/);
  });
});
