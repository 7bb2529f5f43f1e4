import { QueryClient } from '@tanstack/react-query'
import { Refused } from './client.ts'

/**
 * What was read stays until an event says that it changed; without events it is read anew no faster than every 30 s. What is
 * asked for without a network fails at once, and is said to: an act that waits for the network would be done when nobody expects
 * it any more.
 */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: true,
      refetchOnReconnect: true,
      networkMode: 'always',
      retry: (failures, error) => failures < 2 && !(error instanceof Refused && error.problem !== null),
    },
    mutations: { networkMode: 'always' },
  },
})
