import { Panel } from '../../../widgets/panel.tsx';
import classes from '../evaluate.module.css';

/** A figure that these data do not give, with the reason in its place. */
export function Refused({ title, words }: { title: string; words: string }) {
  return <Panel title={title}><p className={classes.hint}>{words}</p></Panel>;
}
