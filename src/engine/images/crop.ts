/** A rectangle of an upright picture, in whole pixels. */
export interface Region {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Size {
  width: number;
  height: number;
}

/** Chooses what part of a picture the network sees. */
export type Crop = (picture: Size, input: Size) => Region;

/** The largest centred part with the proportions of the network's input: nothing is stretched, little is lost. */
export const centralCrop: Crop = (picture, input) => {
  const scale = Math.min(picture.width / input.width, picture.height / input.height);
  const width = Math.max(1, Math.min(picture.width, Math.round(input.width * scale)));
  const height = Math.max(1, Math.min(picture.height, Math.round(input.height * scale)));
  const left = Math.floor((picture.width - width) / 2);
  const top = Math.floor((picture.height - height) / 2);
  return { left, top, width, height };
};
