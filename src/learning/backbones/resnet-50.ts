import { bottleneckBlock } from './residual-block.ts';
import { resnet } from './resnet.ts';

/** ResNet-50 (He et al., CVPR 2016, table 1). */
export const resnet50 = resnet({ blocks: [3, 4, 6, 3], channels: [256, 512, 1024, 2048], block: bottleneckBlock });
