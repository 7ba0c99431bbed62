import type { Register } from '../command.ts';
import { addCommand } from '../command.ts';
import { count } from '../figures.ts';
import { exitCodes } from '../outcome.ts';
import { table } from '../table.ts';

export const registerReceipts: Register = (program, perform) => {
  const group = program.command('receipts').summary('Signed proofs of deletions').description('What was deleted, and what a query and a scan of all files found afterwards. A receipt does not say who it was.');
  addCommand(group, 'list', 'List the receipts').action((_options: object, command) => perform(command, async ({ ask }) => {
    const receipts = await ask('receipts.list', {});
    const rows = receipts.map(({ subjectId, deletedAt, samples, templates, rowsLeft, filesScanned, filesLeft }) => [
      new Date(deletedAt).toISOString(), subjectId, String(samples), String(templates), String(rowsLeft), filesScanned === null ? '-' : String(filesScanned), filesLeft === null ? '-' : String(filesLeft),
    ]);
    return { json: receipts, text: rows.length === 0 ? 'Nobody was deleted yet.' : table(['Deleted', 'Reference', 'Samples', 'Templates', 'Rows left', 'Files scanned', 'Files with traces'], rows) };
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
