import { QueryClient } from '@tanstack/react-query'
import { Refused } from './client.ts'

/** What was read stays until an event says that it changed; without events it is read anew no faster than every 30 s. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: true,
      retry: (failures, error) => failures < 2 && !(error instanceof Refused && error.problem !== null),
    },
  },
})
