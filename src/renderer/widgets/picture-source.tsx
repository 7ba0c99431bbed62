import { Button } from '@mantine/core';
import { IconCamera } from '@tabler/icons-react';
import { usePipeline } from '../desk/use-pipeline.ts';
import { CameraCapture } from './camera/camera-capture.tsx';
import { DropArea } from './drop-area.tsx';

interface PictureSourceProps {
  /** What the area is for: "Drop or paste the picture to compare". */
  label: string;
  isCameraOn: boolean;
  onCamera: (isOn: boolean) => void;
  onFiles: (files: File[]) => void;
  /** Several pictures at once, and this many by the camera itself. */
  wanted?: number;
  /** One line high while the camera is off: there are pictures already. */
  isCompact?: boolean;
}

/** Where pictures come from: the camera, files that are dropped or chosen, and the clipboard. Files and paste work beside the camera too. */
export function PictureSource({ label, isCameraOn, onCamera, onFiles, wanted = 1, isCompact = false }: PictureSourceProps) {
  const pipeline = usePipeline();
  const multiple = wanted > 1;
  if (!isCameraOn) {
    return (
      <DropArea onFiles={onFiles} multiple={multiple} isCompact={isCompact} label={label}>
        <Button variant={isCompact ? 'subtle' : 'default'} size="compact-sm" leftSection={<IconCamera size={15} stroke={1.7} />} onClick={() => onCamera(true)}>Use the camera</Button>
      </DropArea>
    );
  }
  return (
    <>
      <CameraCapture pipeline={pipeline} wanted={wanted} onShot={(file) => onFiles([file])} onClose={() => onCamera(false)} />
      <DropArea onFiles={onFiles} multiple={multiple} isCompact label={label} />
    </>
  );
}
