import { Table } from '@mantine/core';
import type { EvaluationReport, RetrievalReport } from '../../../contract/requests/evaluations.ts';
import { Panel } from '../../widgets/panel.tsx';
import { quantity } from '../../words/numbers.ts';
import { Figure, Head } from './figure-cell.tsx';

/** Every sample searched among all others: the figures that papers on retrieval report. */
export function RetrievalPanel({ report }: { report: EvaluationReport }) {
  const found = report.systems.flatMap(({ name, retrieval }) => (retrieval === null ? [] : [{ name, retrieval }]));
  const first = found[0]?.retrieval;
  if (first === undefined) return null;
  const excluded = first.excluded > 0 ? `, ${quantity(first.excluded, 'sample')} without a mate left out` : '';
  return (
    <Panel title="Retrieval" aside={`Every sample searched among all others, ties against it: ${quantity(first.queries, 'search', 'searches')}${excluded}.`} isFlush>
      <Table.ScrollContainer minWidth={760}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th pl={18}>System</Table.Th>
              {first.recallAtK.map(({ k }) => <Head key={k} title={`Recall@${k}`} tip={`Share of searches with a mate among the first ${k}`} />)}
              <Head title="Precision@1" tip="Share of searches whose first candidate is a mate; the same as recall@1" />
              <Head title="R-precision" tip="Share of mates among the first R, where R is how many mates there are" />
              <Head title="MAP@R" tip="Mean average precision at R: R-precision that also counts how high the mates stand" />
              <Head title="NMI" tip="Normalised mutual information of people and k-means clusters, as many as people; grows with their number" />
              <Head title="AMI" tip="Adjusted mutual information: the same, corrected for chance; 0 is chance" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>{found.map(({ name, retrieval }) => <RetrievalRow key={name} name={name} retrieval={retrieval} />)}</Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}

function RetrievalRow({ name, retrieval }: { name: string; retrieval: RetrievalReport }) {
  const { queries, clustering } = retrieval;
  return (
    <Table.Tr>
      <Table.Td pl={18}>{name}</Table.Td>
      {retrieval.recallAtK.map(({ k, recall }) => <Figure key={k} estimate={recall} trials={queries} />)}
      <Figure estimate={retrieval.precisionAt1} trials={queries} />
      <Figure estimate={retrieval.rPrecision} trials={queries} />
      <Figure estimate={retrieval.meanAveragePrecisionAtR} trials={queries} />
      <Table.Td ta="right">{clustering === null ? '–' : clustering.nmi.toFixed(3)}</Table.Td>
      <Table.Td ta="right" pr={18}>{clustering === null ? '–' : clustering.ami.toFixed(3)}</Table.Td>
    </Table.Tr>
  );
}
