/** Why anchors had no loss, in words that follow a count: "4 anchors of which …". A reason that is new here is shown by its name. */
const reasons: Readonly<Record<string, string>> = {
  noPositive: 'without another picture of the same person in the batch',
  noNegative: 'without a picture of anybody else in the batch',
  notMined: 'of which mining kept no pair (their order is right already)',
  zeroVector: 'with an embedding of length zero',
};

export const skippedWords = (reason: string): string => reasons[reason] ?? reason;
