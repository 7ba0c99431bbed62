import { describe, expect, it } from 'vitest';
import { qualityColumn } from '../sample-qualities.ts';
import { comparisonList, prescribed } from './comparison-list.ts';
import { scoreColumns } from './score-columns.ts';
import { metadataOfImages, rowsOf } from './table-rows.ts';

const pair = { sampleA: 'a.png', sampleB: 'b.png', subjectA: 'a', subjectB: 'b', isMated: false, split: '' };
const list = comparisonList(prescribed([pair]), 'pairs.csv');
const qualities = new Map([['a.png', 40], ['b.png', 60]]);
const columnsOf = (table: string): ReturnType<typeof scoreColumns> => scoreColumns(list, { metadata: metadataOfImages(rowsOf(table, 'told.csv', ['path'])), qualities });

describe('columns of metadata in a file of scores', () => {
  it('keep to one line, whatever a spreadsheet has in a cell', () => {
    const { header, cellsOf } = columnsOf('path,"taken\nwhere"\na.png,"indoors,\r\n by  lamp "\nb.png,outdoors\n');
    expect(header).toEqual(['taken where_a', `${qualityColumn}_a`, 'taken where_b', `${qualityColumn}_b`]);
    expect(cellsOf(pair)).toEqual(['"indoors, by lamp"', '40', 'outdoors', '60']);
  });

  it('name the quality once, where the images come with one', () => {
    const { names, header, cellsOf } = columnsOf(`path,${qualityColumn}\na.png,1\nb.png,2\n`);
    expect(names).toEqual([qualityColumn]);
    expect(header).toEqual([`${qualityColumn}_a`, `${qualityColumn}_b`]);
    expect(cellsOf(pair)).toEqual(['1', '2']);
  });
});
