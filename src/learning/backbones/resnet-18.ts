import { residualBlock } from './residual-block.ts';
import { resnet } from './resnet.ts';

/** ResNet-18 (He et al., CVPR 2016, table 1). */
export const resnet18 = resnet({ blocks: [2, 2, 2, 2], channels: [64, 128, 256, 512], block: residualBlock });
