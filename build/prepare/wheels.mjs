export const TENSORFLOW_VERSION = '2.21.0';

/**
 * A wheel with the hash it must have. The libraries inside do not depend on Python, so one wheel per platform serves every
 * Python that has pip, 3.14 as well as 3.8.
 * @typedef {object} WheelPin
 * @property {string} project
 * @property {string} version
 * @property {string} sha256
 * @property {number} bytes
 * @property {string[]} platforms  pip's names of the platforms the wheel says it is for
 */

/** @typedef {'cpu' | 'gpu'} Variant */

const version = TENSORFLOW_VERSION;
const NVIDIA_PLATFORMS = ['manylinux_2_27_x86_64', 'manylinux_2_17_x86_64', 'manylinux2014_x86_64', 'manylinux2010_x86_64'];

/** @type {Record<string, WheelPin>} */
const tensorflowWheels = {
  'linux-x64-cpu': {
    version, project: 'tensorflow-cpu', bytes: 274_000_871, platforms: ['manylinux_2_27_x86_64'],
    sha256: 'dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb',
  },
  'linux-x64-gpu': {
    version, project: 'tensorflow', bytes: 572_611_111, platforms: ['manylinux_2_27_x86_64'],
    sha256: 'b3b95643c4e70eb925839938fb35cbe142f317ec84af6844ee61513713bb13c0',
  },
  'linux-arm64-cpu': {
    version, project: 'tensorflow', bytes: 281_946_471, platforms: ['manylinux_2_27_aarch64'],
    sha256: 'b07d15737406533898e36c7ef7944b1be18e9028dc521b9229952c537bbc5552',
  },
  'darwin-arm64-cpu': {
    version, project: 'tensorflow', bytes: 223_488_205, platforms: ['macosx_12_0_arm64'],
    sha256: '56ecd7d47429acbe1df2694d50b75bf9fc3995ac92cb367cd9af6c4780ead712',
  },
};

/** What the GPU wheel's own `and-cuda` extra asks for, at the newest versions it allows. */
const nvidiaWheels = /** @type {const} */ ([
  ['nvidia-cublas-cu12', '12.9.3.13', 581_217_458, 'd7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72'],
  ['nvidia-cuda-cupti-cu12', '12.8.90', 10_248_621, 'ea0cb07ebda26bb9b29ba82cda34849e73c166c18162d3913575b0c9db9a6182'],
  ['nvidia-cuda-nvcc-cu12', '12.9.86', 40_546_229, '5d6a0d32fdc7ea39917c20065614ae93add6f577d840233237ff08e9a38f58f0'],
  ['nvidia-cuda-nvrtc-cu12', '12.9.86', 89_568_129, '210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4'],
  ['nvidia-cuda-runtime-cu12', '12.9.79', 3_493_179, '25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3'],
  ['nvidia-cudnn-cu12', '9.28.0.42', 716_538_495, '9ff58b7f36dacd0a93e89f8f2957b52466889217963701daa15e577317cfa375'],
  ['nvidia-cufft-cu12', '11.4.1.4', 200_877_592, 'c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28'],
  ['nvidia-curand-cu12', '10.3.10.19', 68_295_626, '49b274db4780d421bd2ccd362e1415c13887c53c214f0d4b761752b8f9f6aa1e'],
  ['nvidia-cusolver-cu12', '11.7.5.82', 338_117_415, '15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88'],
  ['nvidia-cusparse-cu12', '12.5.10.65', 366_465_088, '73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78'],
  ['nvidia-nccl-cu12', '2.32.3', 351_526_311, 'bb94b2348e4861d5e8aa00b36c3d12d9bdf9c6369b82cbb723de0b582280a21c'],
  ['nvidia-nvjitlink-cu12', '12.9.86', 39_748_338, 'e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9'],
]);

/**
 * @param {{ platform: string, arch: string }} machine
 * @param {Variant} variant
 * @returns {WheelPin[]} TensorFlow first; empty where there is no wheel with a C++ library
 */
export function wheelsFor({ platform, arch }, variant) {
  const tensorflow = tensorflowWheels[`${platform}-${arch}-${variant}`];
  if (!tensorflow) return [];
  if (variant === 'cpu') return [tensorflow];
  const nvidia = nvidiaWheels.map(([project, release, bytes, sha256]) => ({
    project, version: release, bytes, sha256, platforms: NVIDIA_PLATFORMS,
  }));
  return [tensorflow, ...nvidia];
}

/**
 * The wheels that a wheel's METADATA asks for under its extra `and-cuda`.
 * @param {string} metadata
 */
export function cudaRequirements(metadata) {
  const found = metadata.matchAll(/^Requires-Dist: *([\w.-]+)[^;\n]*;[^\n]*extra *== *["']and-cuda["']/gm);
  return [...found].map((match) => /** @type {string} */ (match[1]).toLowerCase().replaceAll(/[_.]/g, '-'));
}
