import type { PipelineName } from '../../contract/requests/inspections.ts';
import { useAsk } from './ask.ts';

/** The pipeline of the model in use; the one for faces while there is none. */
export function usePipeline(): PipelineName {
  const { data: desk } = useAsk('desk.state', {});
  return desk?.model?.modality ?? 'face';
}

/** Whether the model in use takes the middle of a picture, whatever a pipeline would find in it. */
export function useTakesMiddle(): boolean {
  const { data: desk } = useAsk('desk.state', {});
  return desk?.model?.pipeline === 'none';
}
