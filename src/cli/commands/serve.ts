import type { Command } from 'commander';

/** Starts the browser host as a process of its own: the doors do not know one another's code. */
export function registerServe(program: Command, serve: (words: string[]) => Promise<void>): void {
  program
    .command('serve')
    .summary('Open Likeness in a browser tab')
    .description('Open Likeness in a browser tab. It listens on 127.0.0.1 only, and lets in only the browser that opens the address it prints.')
    .option('--port <number>', 'port to listen on (else any free one)')
    .option('--home <dir>', 'data folder to work in')
    .option('--no-open', 'print the address and open no browser')
    .option('--json', 'print the address as one line of JSON: {"address", "port"}')
    .action((options: { port?: string; home?: string; open: boolean; json?: boolean }) => {
      const words = [
        ...(options.port === undefined ? [] : ['--port', options.port]),
        ...(options.home === undefined ? [] : ['--home', options.home]),
        options.open ? '--open' : '--no-open',
        ...(options.json === true ? ['--json'] : []),
      ];
      return serve(words);
    });
}
