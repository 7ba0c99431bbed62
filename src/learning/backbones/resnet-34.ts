import { residualBlock } from './residual-block.ts';
import { resnet } from './resnet.ts';

/** ResNet-34 (He et al., CVPR 2016, table 1). */
export const resnet34 = resnet({ blocks: [3, 4, 6, 3], channels: [64, 128, 256, 512], block: residualBlock });
