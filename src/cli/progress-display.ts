import { MultiBar, Presets } from 'cli-progress';
import type { SingleBar } from 'cli-progress';
import type { Job } from '../contract/jobs.ts';
import { duration } from './figures.ts';
import type { Terminal } from './terminal.ts';

export interface ProgressDisplay {
  show(job: Job): void;
  /** A line that stays above the bar. */
  say(line: string): void;
  stop(): void;
}

/** A bar on a screen; elsewhere a plain line now and then, so that a log stays readable. */
export function progressDisplay(terminal: Terminal): ProgressDisplay {
  return terminal.screen === null ? plainLines(terminal) : bar(terminal.screen);
}

function bar(screen: NodeJS.WriteStream): ProgressDisplay {
  const bars = new MultiBar(
    { stream: screen, format: '{title} {bar} {amount}{pace}', hideCursor: true, clearOnComplete: true, stopOnComplete: false, gracefulExit: false },
    Presets.shades_classic,
  );
  let line: SingleBar | null = null;
  return {
    show(job) {
      const payload = { title: job.title, amount: amountOf(job), pace: paceOf(job) };
      line ??= bars.create(job.total ?? 0, job.done, payload);
      line.setTotal(Math.max(job.total ?? 0, 1));
      line.update(Math.min(job.done, job.total ?? 0), payload);
    },
    say(text) {
      if (line === null) screen.write(`${text}\n`);
      else bars.log(`${text}\n`);
    },
    stop() {
      bars.stop();
    },
  };
}

const everyMs = 5000;

function plainLines(terminal: Terminal): ProgressDisplay {
  let last = -Infinity;
  return {
    show(job) {
      const now = performance.now();
      if (now - last < everyMs) return;
      last = now;
      terminal.note(`${job.title}: ${amountOf(job)}${paceOf(job)}`);
    },
    say(text) {
      terminal.note(text);
    },
    stop: () => undefined,
  };
}

function amountOf({ done, total, unit }: Job): string {
  return total === null ? `${done.toLocaleString('en-GB')} ${unit}` : `${done.toLocaleString('en-GB')}/${total.toLocaleString('en-GB')} ${unit}`;
}

function paceOf({ rate, remainingMs, unit }: Job): string {
  const speed = rate === null ? '' : `, ${rate.toPrecision(2)} ${unit}/s`;
  return remainingMs === null ? speed : `${speed}, ${duration(remainingMs)} left`;
}
