import type { Command } from 'commander';
import type { Protection } from '../../contract/requests/protection.ts';
import type { Register } from '../command.ts';
import { addCommand, wholeNumber } from '../command.ts';
import type { Outcome } from '../outcome.ts';
import { currentPassphrase, newPassphrase } from '../passphrases.ts';
import { facts } from '../table.ts';
import { addTemplateOptions } from './protect-measure.ts';
import { templatesWords } from './protect-templates.ts';

const passphraseHelp = `
The passphrase is asked for, or read from LIKENESS_PASSPHRASE; a new one from LIKENESS_NEW_PASSPHRASE.
Nobody can bring it back: without it the store stays closed for ever. Keep it where you keep such things.`;

export const registerProtect: Register = (program, perform) => {
  const group = program.command('protect').summary('Protect the store with a passphrase').description('Who can open the store: names, pictures and templates are sealed with its keys.');
  addTemplateOptions(group, perform);
  addCommand(group, 'status', 'Say how the store is protected').action((_options: object, command) =>
    perform(command, async ({ ask }) => {
      const { protection, templates } = await ask('desk.state', {});
      const { text } = answered(protection);
      return { json: { ...protection, templates }, text: `${text}\n${facts([['Templates', templatesWords(templates)]])}` };
    }));
  addCommand(group, 'init', 'Set a passphrase, or change it: everything is sealed anew, a key file is destroyed')
    .addHelpText('after', passphraseHelp)
    .action((_options: object, command) => perform(command, async (session) => {
      const current = await currentPassphrase(session);
      const next = await newPassphrase(session);
      return answered(await session.ask('protection.protect', { current, next }), 'Protected. The store is locked at every start from now on.');
    }));
  addCommand(group, 'rotate', 'Give the store new keys and seal everything anew, opened as before')
    .addHelpText('after', passphraseHelp)
    .action((_options: object, command) => perform(command, async (session) =>
      answered(await session.ask('protection.rotate', { passphrase: await currentPassphrase(session) }), 'Everything is sealed with new keys.')));
  addCommand(group, 'lock-after <minutes>', 'Lock an open window after so many minutes without anybody there; 0: never').action((...[minutes, , command]: [string, object, Command]) =>
    perform(command, async ({ ask }) => answered(await ask('protection.setLockAfter', { minutes: wholeNumber(0, 1440)(minutes) }))));
};

function answered(protection: Protection, sentence?: string): Outcome {
  const text = facts([
    ['Opened by', protection.by === 'operators' ? 'its operators, each with a passphrase of their own (likeness operators list)' : protection.by === 'passphrase' ? `a passphrase${protection.bySystem ? ', or the key store of this computer' : ''}` : 'a key kept beside the data (store.key): for the demo, not for people\'s data'],
    ['Locks itself', protection.by === 'key-file' ? 'no: set a passphrase with "likeness protect init"' : protection.lockAfterMinutes === 0 ? 'at its end only' : `after ${String(protection.lockAfterMinutes)} minutes without anybody there`],
  ]);
  return { json: protection, text: sentence === undefined ? text : `${sentence}\n\n${text}` };
}
