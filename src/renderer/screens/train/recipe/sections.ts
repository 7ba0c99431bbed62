/** The fields of a recipe in the order a person thinks about them. A field that is new in the schema comes last, by itself. */
export const recipeSections: readonly { title: string; aside: string; keys: readonly string[] }[] = [
  { title: 'Loss', aside: 'what is near and what is far', keys: ['loss', 'miner', 'offlineMining', 'memory', 'regularizers'] },
  { title: 'Network', aside: 'from pixels to an embedding', keys: ['modality', 'input', 'backbone', 'embeddingSize', 'freezeBatchNorm'] },
  { title: 'Batches', aside: 'which people and pictures come together', keys: ['sampler', 'batchesPerEpoch', 'mixing'] },
  { title: 'Optimiser', aside: 'how the weights move', keys: ['optimizer', 'schedule', 'clipping'] },
  { title: 'Length', aside: 'when it ends', keys: ['epochs', 'patience', 'warmUpEpochs', 'seed'] },
  { title: 'Pictures', aside: 'changes at random, made anew for every batch', keys: ['augmentation'] },
];

export const namedKeys: ReadonlySet<string> = new Set(['name', ...recipeSections.flatMap(({ keys }) => keys)]);
