import { useTakesMiddle } from '../../desk/use-pipeline.ts';
import classes from './seen.module.css';

/** What is outlined is not always what is compared: this says so. */
export function MiddleNote() {
  if (!useTakesMiddle()) return null;
  return <p className={classes.reason}>The model in use takes the middle of each picture as it is: what is outlined plays no part in the comparison.</p>;
}
