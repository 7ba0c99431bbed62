/** A still of the video, and by how much it is smaller than the camera's own picture. */
export interface Frame {
  readonly blob: Blob;
  readonly reduction: number;
}

interface FrameOptions {
  /** Longest side in pixels. */
  maxSide: number;
  /** Of JPEG, 0 to 1. */
  quality: number;
}

/** The picture the video shows now, as JPEG; null while it shows none. */
export async function grabFrame(video: HTMLVideoElement, { maxSide, quality }: FrameOptions): Promise<Frame | null> {
  const { videoWidth, videoHeight } = video;
  if (videoWidth === 0 || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null;
  const reduction = Math.max(1, Math.max(videoWidth, videoHeight) / maxSide);
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [Math.round(videoWidth / reduction), Math.round(videoHeight / reduction)];
  canvas.getContext('2d')!.drawImage(video, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
  return blob && { blob, reduction };
}
