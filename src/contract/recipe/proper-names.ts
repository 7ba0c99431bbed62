/** How the field writes the names that a recipe knows as keys; what is not here is an ordinary word. */
const properNames: Readonly<Record<string, string>> = {
  'n-pair': 'N-pair', 'multi-similarity': 'Multi-Similarity', nca: 'NCA', 'proxy-nca': 'ProxyNCA', 'proxy-nca-plus-plus': 'ProxyNCA++',
  'proxy-anchor': 'Proxy-Anchor', 'proxy-gml': 'ProxyGML', 'nt-xent': 'NT-Xent', 'sup-con': 'SupCon', arcface: 'ArcFace', cosface: 'CosFace',
  'soft-triple': 'SoftTriple', 'sub-center-arcface': 'Sub-center ArcFace',
  'resnet-18': 'ResNet-18', 'resnet-34': 'ResNet-34', 'resnet-50': 'ResNet-50', mobilefacenet: 'MobileFaceNet', 'ridge-flow': 'Ridge flow',
  adam: 'Adam', adamw: 'AdamW', sgd: 'SGD', rmsprop: 'RMSprop', csv: 'CSV', imagenet: 'ImageNet',
  'semi-hard': 'semi-hard', 'batch-hard': 'batch-hard', 'n-hard': 'n-hard', 'm-per-class': 'm per class', 'distance-weighted': 'distance-weighted',
  'class-balanced': 'class-balanced', 'squared-euclidean': 'squared Euclidean', euclidean: 'Euclidean', 'mean-nonzero': 'mean above zero',
};

/** The name of a loss, a network, an optimiser… within a sentence. */
export function properName(key: string): string {
  return Object.hasOwn(properNames, key) ? properNames[key]! : key.replaceAll('-', ' ');
}

/** The same at the start of a line: "Triplet", "Semi-hard", "m per class" (a symbol keeps its case). */
export function titleName(key: string): string {
  const name = properName(key);
  return /^[a-z][ -]/.test(name) ? name : name.charAt(0).toUpperCase() + name.slice(1);
}
