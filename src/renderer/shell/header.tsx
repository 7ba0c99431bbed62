import { ActionIcon, Indicator, Tooltip } from '@mantine/core';
import { IconActivity } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { DeskState } from './desk-state.ts';
import { useAsk } from '../desk/ask.ts';
import { useRunningJobs } from '../desk/use-jobs.ts';
import { useMay } from '../desk/use-session.ts';
import { useTrialThreshold } from '../desk/trial-threshold.ts';
import { percentWords, rateWithInterval, rateWords, scoreWords } from '../words/numbers.ts';
import { ColorSchemeToggle } from './color-scheme-toggle.tsx';
import { LockButton } from './lock-button.tsx';
import { placeOf } from './places.ts';
import { WhoIsHere } from './who-is-here.tsx';
import classes from './header.module.css';

/** What every score on the screen depends on: project, model, threshold with its error, and the device really used. */
export function Header({ onJobs }: { onJobs: () => void }) {
  const { data: desk } = useAsk('desk.state', {});
  const running = useRunningJobs().length;
  return (
    <header className={classes.header}>
      <Fact name="Project" to="/settings">{desk?.project.name ?? '…'}</Fact>
      <Fact name="Model" to="/models">{desk ? (desk.model?.name ?? <Missing>none yet</Missing>) : '…'}</Fact>
      <ThresholdFact desk={desk} />
      <Fact name="Device" to="/device">{desk?.device?.label ?? <Missing>being measured…</Missing>}</Fact>
      <div className={classes.tools}>
        <Tooltip label={running > 0 ? `${running} running. Press j for the jobs.` : 'Jobs: long work and what became of it. Press j.'}>
          <Indicator label={running} size={16} disabled={running === 0} processing={running > 0} offset={4}>
            <ActionIcon variant="subtle" color="gray" size="lg" onClick={onJobs} aria-label={`Jobs, ${running} running`}>
              <IconActivity size={19} stroke={1.7} />
            </ActionIcon>
          </Indicator>
        </Tooltip>
        <WhoIsHere />
        <LockButton />
        <ColorSchemeToggle />
      </div>
    </header>
  );
}

function ThresholdFact({ desk }: { desk: DeskState | undefined }) {
  const trial = useTrialThreshold();
  if (trial) {
    return (
      <Fact name="Threshold on trial" to="/evaluate" isTrial>
        {scoreWords(trial.threshold)} <Aside>FMR {rateWords(trial.fmr)}, FNMR {percentWords(trial.fnmr)}</Aside>
      </Fact>
    );
  }
  const threshold = desk?.threshold;
  if (!threshold) return <Fact name="Threshold" to="/evaluate">{desk ? <Missing>none chosen</Missing> : '…'}</Fact>;
  return (
    <Fact name="Threshold" to={threshold.evaluationId ? `/evaluate/${threshold.evaluationId}` : '/evaluate'}>
      {scoreWords(threshold.threshold)} <Aside>FMR {rateWithInterval(threshold.fmr)}</Aside>
    </Fact>
  );
}

interface FactProps { name: string; to: string; isTrial?: boolean; children: ReactNode }

function Fact({ name, to, isTrial, children }: FactProps) {
  const place = placeOf(to);
  const may = useMay();
  const words = (
    <>
      <span className={classes.name}>{name}</span>
      <span className={classes.value}>{children}</span>
    </>
  );
  if (place && !may(place.needs)) return <span className={classes.fact} data-still>{words}</span>;
  return <Link href={to} className={classes.fact ?? ''} data-trial={isTrial || undefined}>{words}</Link>;
}

const Aside = ({ children }: { children: ReactNode }) => <span className={classes.aside}>{children}</span>;
const Missing = ({ children }: { children: ReactNode }) => <span className={classes.missing}>{children}</span>;
