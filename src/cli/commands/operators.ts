import { Argument, Option } from 'commander';
import type { Command } from 'commander';
import { RequestError } from '../../contract/request-error.ts';
import type { OperatorCard, Role } from '../../contract/requests/operators.ts';
import { role } from '../../contract/requests/operators.ts';
import type { Register } from '../command.ts';
import { addCommand } from '../command.ts';
import type { Outcome } from '../outcome.ts';
import { currentPassphrase, newPassphrase } from '../passphrases.ts';
import type { Session } from '../session.ts';
import { table } from '../table.ts';

const rolesHelp = `
operator       enrols, verifies, identifies, and looks at the gallery
researcher     datasets, training, models, evaluations and reports, but not the people of the gallery
administrator  everything

The first operator is an administrator: the store gets new keys, and from then on only its operators open it, each with a
passphrase of their own. In the terminal they say who they are by LIKENESS_OPERATOR and LIKENESS_PASSPHRASE.
A new operator's passphrase is asked for, or read from LIKENESS_NEW_PASSPHRASE. Nobody can bring it back: have two administrators.`;

export const registerOperators: Register = (program, perform) => {
  const group = program.command('operators').summary('Who may work here, and as what').description('Operators with roles: each opens the store with a passphrase of their own, and the audit says who did what.');
  addCommand(group, 'list', 'List the operators').action((_options: object, command) => perform(command, async ({ ask }) => listed(await ask('operators.list', {}))));
  addCommand(group, 'add <name>', 'Make an operator')
    .addOption(new Option('--role <role>', 'what they may do').choices(role.options).makeOptionMandatory())
    .addHelpText('after', rolesHelp)
    .action((name: string, options: { role: Role }, command) => perform(command, async (session) => {
      const own = await currentPassphrase(session);
      const added = await session.ask('operators.add', { name, role: options.role, passphrase: await newPassphrase(session), own });
      return { json: added, text: `${added.name} is ${added.role}. They sign in with this name and the new passphrase.` };
    }));
  addCommand(group, 'remove <name>', 'Remove an operator: their passphrase opens nothing any more').action((name: string, _options: object, command) =>
    perform(command, async (session) => {
      const { id } = await operatorCalled(session, name);
      return { json: await session.ask('operators.remove', { operatorId: id }), text: `${name} is removed. Somebody who may have copied the store is kept out of what comes by new keys: likeness protect rotate` };
    }));
  addCommand(group, 'role <name>', 'Give an operator another role')
    .addArgument(new Argument('<role>').choices(role.options))
    .addHelpText('after', rolesHelp)
    .action((...[name, wanted, , command]: [string, Role, object, Command]) => perform(command, async (session) => {
      const changed = await session.ask('operators.setRole', { operatorId: (await operatorCalled(session, name)).id, role: wanted });
      return { json: changed, text: `${changed.name} is ${changed.role} now.` };
    }));
  addCommand(group, 'passphrase [name]', 'Set your own passphrase anew, or that of an operator who forgot theirs').action((name: string | undefined, _options: object, command) =>
    perform(command, async (session) => (name === undefined ? setOwn(session) : setOther(session, name))));
  addCommand(group, 'off', 'Do without operators again: one new passphrase for everybody, and new keys')
    .addHelpText('after', '\nFor administrators. Nobody\'s own passphrase opens anything any more; the audit keeps who did what. The new passphrase is asked for,\nor read from LIKENESS_NEW_PASSPHRASE.')
    .action((_options: object, command) => perform(command, async (session) => {
      const own = await session.passphrase();
      const protection = await session.ask('operators.turnOff', { passphrase: await newPassphrase(session), own });
      return { json: protection, text: 'This store has no operators any more. Whoever knows the new passphrase opens it and may do everything.' };
    }));
  addCommand(group, 'lift <name>', 'Let an operator in who is locked out by wrong passphrases').action((name: string, _options: object, command) =>
    perform(command, async (session) => {
      const lifted = await session.ask('operators.lift', { operatorId: (await operatorCalled(session, name)).id });
      return { json: lifted, text: `${lifted.name} may sign in again.` };
    }));
};

async function setOwn(session: Session): Promise<Outcome> {
  const current = await session.passphrase();
  const state = await session.ask('session.setPassphrase', { current, next: await newPassphrase(session) });
  return { json: state, text: 'Your passphrase is changed.' };
}

async function setOther(session: Session, name: string): Promise<Outcome> {
  const { id } = await operatorCalled(session, name);
  const own = await session.passphrase();
  const changed = await session.ask('operators.setPassphrase', { operatorId: id, passphrase: await newPassphrase(session), own });
  return { json: changed, text: `${changed.name} signs in with the new passphrase.` };
}

async function operatorCalled({ ask }: Session, name: string): Promise<OperatorCard> {
  const all = await ask('operators.list', {});
  const found = all.find((one) => one.name.toLowerCase() === name.trim().toLowerCase());
  if (found === undefined) throw new RequestError('not-found', `There is no operator called ${name}. There ${all.length === 0 ? 'are none' : `are ${all.map((one) => one.name).join(', ')}`}.`);
  return found;
}

function listed(operators: readonly OperatorCard[]): Outcome {
  if (operators.length === 0) return { json: operators, text: 'This store has no operators: whoever opens it may do everything. Make an administrator: likeness operators add NAME --role administrator' };
  const rows = operators.map(({ name, role: as, createdAt, lockedOutUntil }) => [name, as, new Date(createdAt).toISOString().slice(0, 10), lockedOutUntil === null ? '' : `locked out until ${new Date(lockedOutUntil).toLocaleTimeString('en-GB')}`]);
  return { json: operators, text: table(['Name', 'Role', 'Since', ''], rows) };
}
