import { isIdentifierOf } from '../identifiers.ts';

/** A picture that a protocol compared: "protocol-6f9c….12.0", the first image of side 12. */
const protocolPicture = /^(protocol-[0-9a-f-]+)\.(\d{1,9})\.(\d{1,6})$/;

export const protocolPictureId = (protocolId: string, side: number, image: number): string => `${protocolId}.${side}.${image}`;

export function parseProtocolPicture(imageId: string): { protocolId: string; side: number; image: number } | null {
  const [, protocolId, side, image] = (isIdentifierOf('protocol', imageId) && protocolPicture.exec(imageId)) || [];
  return protocolId === undefined ? null : { protocolId, side: Number(side), image: Number(image) };
}
