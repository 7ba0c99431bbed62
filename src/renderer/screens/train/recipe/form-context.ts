import type { Path } from './recipe-document.ts';

/** What every field of the form needs: a way to change the document, and what a careful colleague says about a place in it. */
export interface FormContext {
  set(path: Path, value: unknown): void;
  problemAt(path: Path): string | null;
}
