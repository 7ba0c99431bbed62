import type { DeletionReceipt } from '../../contract/requests/deletion.ts';
import { RequestError } from '../../contract/request-error.ts';
import type { Register } from '../command.ts';
import { addCommand } from '../command.ts';
import { count } from '../figures.ts';
import { exitCodes } from '../outcome.ts';
import { facts, table } from '../table.ts';

export const registerReceipts: Register = (program, perform) => {
  const group = program.command('receipts').summary('Signed proofs of deletions').description('What was deleted, and what a query and a scan of all files found afterwards. A receipt does not say who it was.');
  addCommand(group, 'list', 'List the receipts').action((_options: object, command) => perform(command, async ({ ask }) => {
    const receipts = await ask('receipts.list', {});
    const rows = receipts.map(({ subjectId, deletedAt, samples, templates, rowsLeft, filesScanned, filesLeft }) => [
      new Date(deletedAt).toISOString(), subjectId, String(samples), String(templates), String(rowsLeft), filesScanned === null ? '-' : String(filesScanned), filesLeft === null ? '-' : String(filesLeft),
    ]);
    return { json: receipts, text: rows.length === 0 ? 'Nobody was deleted yet.' : table(['Deleted', 'Reference', 'Samples', 'Templates', 'Rows left', 'Files scanned', 'Files with traces'], rows) };
  }));
  addCommand(group, 'show <reference>', 'Show one receipt in full: what went, which files and folders were scanned, and what was found in them').action((reference: string, _options: object, command) => perform(command, async ({ ask }) => {
    const found = (await ask('receipts.verify', {})).find(({ receipt }) => receipt.subjectId === reference);
    if (found === undefined) throw new RequestError('not-found', `There is no receipt with the reference "${reference}". likeness receipts list names them.`);
    return { json: found, text: described(found), exitCode: found.isGenuine === false ? exitCodes.error : exitCodes.ok };
  }));
  addCommand(group, 'verify', 'Check the signature of every receipt').action((_options: object, command) => perform(command, async ({ ask }) => {
    const checked = await ask('receipts.verify', {});
    const wrong = checked.filter(({ isGenuine }) => isGenuine === false);
    const unsigned = checked.filter(({ isGenuine }) => isGenuine === null).length;
    const head = checked.length === 0 ? 'Nobody was deleted yet.' : wrong.length === 0 ? `${count(checked.length - unsigned, 'receipt')} genuine.` : `${count(wrong.length, 'receipt')} changed or made up:`;
    const text = [head, ...wrong.map(({ receipt }) => `  ${receipt.subjectId}`), ...(unsigned === 0 ? [] : [`${count(unsigned, 'receipt')} of an earlier version, not signed.`])].join('\n');
    return { json: checked, text, exitCode: wrong.length === 0 ? exitCodes.ok : exitCodes.error };
  }));
};

function described({ receipt, isGenuine }: { receipt: DeletionReceipt; isGenuine: boolean | null }): string {
  const { subjectId, deletedAt, samples, templates, rowsLeft, scan, signature } = receipt;
  const head = facts([
    ['Reference', subjectId], ['Deleted', new Date(deletedAt).toISOString()], ['Samples removed', String(samples)], ['Templates removed', String(templates)], ['Rows left', String(rowsLeft)],
    ['Signature', isGenuine === null ? 'none: of an earlier version' : `${isGenuine ? 'genuine' : 'NOT genuine: the receipt was changed or made up'} (${signature ?? ''})`],
  ]);
  if (scan === null) return `${head}\n\nWhich files were scanned is not in it: of an earlier version, or of somebody who went while the store was locked.`;
  const rows = scan.places.map(({ place, files, withPieces, withName, withReference }) => [place, ...[files, withPieces, withName, withReference].map(String)]);
  const scanned = table(['Scanned in the data folder', 'Files', 'With pictures or templates', 'With the name', 'With the reference'], rows);
  const named = scan.tables.map(({ table: of, rows: number }) => `\n  ${of}: ${count(number, 'row')}`).join('');
  return `${head}\n\n${scanned}${named === '' ? '' : `\n\nThe name stood in the database, where datasets, trainings and evaluations keep the names of their people:${named}`}`;
}
