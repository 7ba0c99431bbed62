/** Channels times the width multiplier, a multiple of 8 as the processors like it. */
export const scaled = (channels: number, width: number): number => Math.max(8, Math.round((channels * width) / 8) * 8);
