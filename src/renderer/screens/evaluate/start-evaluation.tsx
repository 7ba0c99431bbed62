import { SegmentedControl, Select } from '@mantine/core';
import { useAsk } from '../../desk/ask.ts';
import { useDraft } from '../../desk/use-draft.ts';
import { Panel } from '../../widgets/panel.tsx';
import { StartOnDataset } from './start-on-dataset.tsx';
import { StartProtocol } from './start-protocol.tsx';

type Way = 'dataset' | 'protocol';

const ways = [{ value: 'dataset', label: 'A dataset here' }, { value: 'protocol', label: 'A protocol on a folder' }];

/** A model, and what it is measured on: the people of a dataset that it has not seen, or the frozen comparisons of a protocol. */
export function StartEvaluation() {
  const { data: models } = useAsk('models.list', {});
  const [chosen, setChosen] = useDraft<string | null>('evaluate.new-model', null);
  const [way, setWay] = useDraft<Way>('evaluate.new-way', 'dataset');
  const modelId = chosen ?? models?.find(({ inUse }) => inUse)?.id ?? models?.[0]?.id ?? null;
  const model = <Select label="Model" allowDeselect={false} data={(models ?? []).map(({ id, name }) => ({ value: id, label: name }))} value={modelId} onChange={setChosen} />;
  return (
    <Panel title="New evaluation" actions={<SegmentedControl size="xs" value={way} onChange={(value) => setWay(value as Way)} data={ways} aria-label="What the model is measured on" />}>
      {way === 'dataset' ? <StartOnDataset modelId={modelId} model={model} /> : <StartProtocol modelId={modelId} model={model} />}
    </Panel>
  );
}
