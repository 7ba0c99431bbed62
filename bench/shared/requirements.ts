import type { VenvNeeds } from './venv.ts';

export const TORCH: VenvNeeds = { module: 'torch', requirement: 'torch==2.15.0' };
export const METRIC_LEARNING: VenvNeeds = { module: 'pytorch_metric_learning', requirement: 'pytorch-metric-learning==2.9.0' };
