import { expect, test } from 'vitest';
import { placeOf } from './tensorflow.mjs';
import { cudaRequirements, wheelsFor } from './wheels.mjs';

/** As in the METADATA of tensorflow 2.21.0. */
const metadata = `Name: tensorflow
Requires-Dist: absl-py>=1.0.0
Requires-Dist: nvidia-cublas-cu12<13.0,>=12.5.3.2; extra == "and-cuda"
Requires-Dist: nvidia-cudnn-cu12<10.0,>=9.3.0.75; extra == "and-cuda"
Requires-Dist: tensorflow_gcs<1; extra == "gcs-filesystem"
`;

test('what the and-cuda extra asks for is read out of the metadata', () => {
  expect(cudaRequirements(metadata)).toEqual(['nvidia-cublas-cu12', 'nvidia-cudnn-cu12']);
});

test('the GPU set holds TensorFlow and CUDA, each with a size and a hash', () => {
  const pins = wheelsFor({ platform: 'linux', arch: 'x64' }, 'gpu');
  expect(pins.map((pin) => pin.project)).toEqual(expect.arrayContaining(['tensorflow', ...cudaRequirements(metadata)]));
  for (const pin of pins) expect(pin).toMatchObject({ bytes: expect.any(Number), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(new Set(pins.map((pin) => pin.sha256)).size).toBe(pins.length);
});

test('a platform without a C++ library has no wheel', () => {
  expect(wheelsFor({ platform: 'win32', arch: 'x64' }, 'cpu')).toEqual([]);
  expect(wheelsFor({ platform: 'linux', arch: 'arm64' }, 'gpu')).toEqual([]);
});

test.each([
  ['tensorflow/libtensorflow_cc.so.2', 'deps/lib/libtensorflow_cc.so.2'],
  ['tensorflow/include/tensorflow/c/c_api.h', 'deps/include/tensorflow/c/c_api.h'],
  ['tensorflow/include/xla/tsl/c/tsl_status.h', 'deps/include/xla/tsl/c/tsl_status.h'],
  ['nvidia/cudnn/lib/libcudnn.so.9', 'deps/nvidia/cudnn/lib/libcudnn.so.9'],
  ['nvidia/cuda_nvcc/bin/ptxas', 'deps/nvidia/cuda_nvcc/bin/ptxas'],
  ['tensorflow/python/ops/array_ops.py', null],
  ['tensorflow/include/Eigen/Core', null],
])('%s goes to %s', (name, place) => {
  expect(placeOf({ platform: 'linux' }, name)).toBe(place);
});
