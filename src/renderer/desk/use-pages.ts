import { useQueries } from '@tanstack/react-query';
import { bridge } from '../bridge.ts';
import type { RequestInput, RequestOutput } from '../../contract/requests.ts';
import { askKey } from './ask.ts';
import { PAGE, pagesFor } from './pages-for.ts';

/** Requests that answer a page of a long list. */
type PagedName = 'subjects.list' | 'datasets.subjects';
type Row<Name extends PagedName> = RequestOutput<Name>['subjects'][number];

export interface Rows<Name extends PagedName> {
  /** Null until the first page is there. */
  total: number | null;
  /** Undefined while its page is still on the way. */
  row(index: number): Row<Name> | undefined;
  error: unknown;
}

/** The rows of a long list around what is on the screen; the rest is asked for when it comes near. */
export function usePages<Name extends PagedName>(name: Name, input: RequestInput<Name>, visible: { from: number; to: number }): Rows<Name> {
  const pages = pagesFor(visible.from, visible.to);
  const queries = useQueries({
    queries: pages.map((page) => {
      const pageInput = { ...input, offset: page * PAGE, limit: PAGE };
      return { queryKey: askKey(name, pageInput), queryFn: () => bridge.ask(name, pageInput) };
    }),
  });
  const answers = queries.map((query) => query.data as { total: number; subjects: Row<Name>[] } | undefined);
  return {
    total: answers.find((answer) => answer !== undefined)?.total ?? null,
    row: (index) => answers[pages.indexOf(Math.floor(index / PAGE))]?.subjects[index % PAGE],
    error: queries.find((query) => query.error)?.error ?? null,
  };
}
