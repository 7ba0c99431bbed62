import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import type { RequestInput, RequestName, RequestOutput } from '../../contract/requests.ts';
import { keepPreviousData, QueryClient, useMutation, useQuery } from '@tanstack/react-query';
import { bridge } from '../bridge.ts';

export const queryClient = new QueryClient({
  defaultOptions: {
    // Events say when something changed; asking again on every focus would only flicker.
    queries: { staleTime: Infinity, gcTime: 10 * 60_000, retry: false, refetchOnWindowFocus: false, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
});

export const askKey = <Name extends RequestName>(name: Name, input: RequestInput<Name>): [Name, RequestInput<Name>] => [name, input];

interface AskOptions {
  enabled?: boolean;
  /** Show the last answer while the next one is fetched: for searches and pages. */
  keepPrevious?: boolean;
}

/** What a screen shows: asked once, asked again when an event says that it changed. */
export function useAsk<Name extends RequestName>(name: Name, input: RequestInput<Name>, options: AskOptions = {}): UseQueryResult<RequestOutput<Name>> {
  return useQuery({
    queryKey: askKey(name, input),
    queryFn: () => bridge.ask(name, input),
    enabled: options.enabled ?? true,
    ...(options.keepPrevious ? { placeholderData: keepPreviousData } : {}),
  }) as UseQueryResult<RequestOutput<Name>>;
}

/** What a person does: asked when they say so. */
export function useTell<Name extends RequestName>(name: Name): UseMutationResult<RequestOutput<Name>, Error, RequestInput<Name>> {
  return useMutation({ mutationKey: [name], mutationFn: (input: RequestInput<Name>) => bridge.ask(name, input) });
}
