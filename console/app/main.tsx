/**
 * The console: what people see and work in. In: the server's API, by the SDK alone. Out: pages. It decides nothing that the
 * server has not decided, and keeps nothing that a reload may lose but what is typed at the moment.
 */
import './nonce.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { meQuery } from '../api/me.ts'
import { queries } from '../api/queries.ts'
import { firstPageIsShown } from '../lib/later.ts'
import { startLanguage } from './i18n.ts'
import { router } from './router.tsx'
import './styles.css'

// All that the first page waits for is asked for at once, and not one after the other.
queries.prefetchQuery(meQuery)
await Promise.all([startLanguage(), router.load()])
createRoot(document.getElementById('console') as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)

// Nothing is being read, nor about to be: what the first page shows is there.
const stop = queries.getQueryCache().subscribe(() => {
  if (queries.isFetching() > 0) return
  requestIdleCallback(() => {
    if (queries.isFetching() > 0) return
    stop()
    firstPageIsShown()
  })
})
