import { Command } from 'commander';
import type { Perform, Register } from './command.ts';
import { registerAudit } from './commands/audit.ts';
import { registerCompare } from './commands/compare.ts';
import { registerBackup, registerRestore } from './commands/backup.ts';
import { registerDataset } from './commands/dataset.ts';
import { registerDemo } from './commands/demo.ts';
import { registerDoctor } from './commands/doctor.ts';
import { registerEmbed } from './commands/embed.ts';
import { registerEnrol } from './commands/enrol.ts';
import { registerEvaluate } from './commands/evaluate.ts';
import { registerExport } from './commands/export.ts';
import { registerFuse } from './commands/fuse.ts';
import { registerGallery } from './commands/gallery.ts';
import { registerIdentify } from './commands/identify.ts';
import { registerInspect } from './commands/inspect.ts';
import { registerLoss } from './commands/loss.ts';
import { registerModels } from './commands/models.ts';
import { registerOperators } from './commands/operators.ts';
import { registerProtect } from './commands/protect.ts';
import { registerPolicy } from './commands/policy.ts';
import { registerReceipts } from './commands/receipts.ts';
import { registerReproduce } from './commands/reproduce.ts';
import { registerRuns } from './commands/runs.ts';
import { registerScoreMetrics } from './commands/score-metrics.ts';
import { registerServe } from './commands/serve.ts';
import { registerSubjects } from './commands/subjects.ts';
import { registerSweep } from './commands/sweep.ts';
import { registerSynthesizeFingers } from './commands/synthesize-fingers.ts';
import { registerThreshold } from './commands/threshold.ts';
import { registerTrain } from './commands/train.ts';
import { registerVerify } from './commands/verify.ts';
import type { Outcome } from './outcome.ts';
import type { CliHost } from './run-cli.ts';

/** In the order in which a newcomer needs them. */
const commands: readonly Register[] = [
  registerDoctor, registerDataset, registerTrain, registerSweep, registerRuns, registerModels, registerEvaluate, registerCompare, registerExport,
  registerThreshold, registerPolicy, registerEnrol, registerSubjects, registerGallery, registerVerify, registerIdentify, registerEmbed, registerInspect, registerSynthesizeFingers, registerLoss, registerScoreMetrics, registerFuse, registerReproduce, registerProtect, registerOperators, registerAudit, registerReceipts, registerBackup, registerDemo,
];

const afterHelp = `
Start here:
  likeness doctor                            what computes here, and what would make it faster
  likeness dataset add ~/faces               a folder per person, the ORL layout, or a CSV manifest
  likeness train --dataset faces --name mine a model of your own
  likeness models use mine                   evaluating and matching go by it from now on
  likeness evaluate --baselines              its errors on people it has never seen, beside two baselines
  likeness threshold choose 1e-2             the false match rate you accept
  likeness enrol Ann ann1.jpg ann2.jpg       then: likeness verify Ann new.jpg, likeness identify new.jpg
  likeness serve                             the same in a browser tab

Exit codes: 0 done; match; candidate found   1 error          2 wrong usage
            3 no match; no candidate         4 no threshold   130 cancelled by Ctrl-C
Progress and errors go to stderr, the answer to stdout. Ctrl-C stops cleanly, a second one at once.
Environment: LIKENESS_HOME, the data folder; LIKENESS_STORE, a gallery on a server; LIKENESS_PASSPHRASE, of a store that has one (else it is asked for);
LIKENESS_OPERATOR, your name in a store with operators.
`;

export interface ProgramActions {
  perform: Perform;
  /** Runs what must not open a desk. */
  runAlone: (command: Command, work: () => Promise<Outcome>) => Promise<void>;
  serve: (words: string[]) => Promise<void>;
}

export function createProgram(host: CliHost, { perform, runAlone, serve }: ProgramActions): Command {
  const program = new Command('likeness')
    .description('Biometric matching on your own machine: train an embedding, enrol, verify, identify, evaluate.')
    .version(host.version, '-v, --version')
    .addHelpText('after', afterHelp)
    .showHelpAfterError('(likeness help COMMAND explains a command.)')
    .configureOutput({
      writeOut: (text) => { host.terminal.print(text.trimEnd()); },
      writeErr: (text) => { host.terminal.note(text.trimEnd().replace(/^error: /, 'Error: ')); },
    })
    .exitOverride();
  for (const register of commands) register(program, perform);
  registerRestore(program, host, runAlone);
  registerServe(program, serve);
  for (const command of program.commands) quietly(command);
  return program;
}

/** Sub-commands do not inherit how their parent ends and speaks when they are added ready-made. */
function quietly(command: Command): void {
  command.exitOverride();
  for (const inner of command.commands) quietly(inner);
}
