import type { VenvNeeds } from './venv.ts';

export const TORCH: VenvNeeds = { module: 'torch', requirement: 'torch==2.15.0' };
export const METRIC_LEARNING: VenvNeeds = { module: 'pytorch_metric_learning', requirement: 'pytorch-metric-learning==2.9.0' };
export const SCIKIT_LEARN: VenvNeeds = { module: 'sklearn', requirement: 'scikit-learn==1.9.1' };
/** pyeer asks for pkg_resources, which later ones have no more. */
export const SETUPTOOLS: VenvNeeds = { module: 'pkg_resources', requirement: 'setuptools==80.9.0' };
export const PYEER: VenvNeeds = { module: 'pyeer.eer_info', requirement: 'pyeer==0.5.6' };
export const FAISS: VenvNeeds = { module: 'faiss', requirement: 'faiss-cpu==1.15.1' };
