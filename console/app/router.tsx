import { createRootRoute, createRoute, createRouter, type RouteComponent, redirect } from '@tanstack/react-router'
import { Refused } from '../api/client.ts'
import { readAgentSearch } from '../features/agents/search.ts'
import { readAnalyticsSearch } from '../features/analytics/shown.ts'
import { readCallSearch } from '../features/calls/shown.ts'
import { readStep } from '../features/campaigns/set-up/steps.ts'
import { readCampaignSearch } from '../features/campaigns/shown.ts'
import { readCampaignTab } from '../features/campaigns/tabs.ts'
import { readComplianceSearch } from '../features/compliance/search.ts'
import { readContactSearch } from '../features/contacts/shown.ts'
import { readWhose } from '../features/desk/search.ts'
import { readDoNotCallSearch } from '../features/do-not-call/search.ts'
import { readImportTarget } from '../features/imports/target.ts'
import { readRecordingSearch } from '../features/recordings/shown.ts'
import { readTeam } from '../features/wallboard/search.ts'
import { useLater, whenWanted } from '../lib/later.ts'
import { urls } from '../lib/urls.ts'
import { Broken } from './broken.tsx'
import { allWords } from './i18n.ts'
import { Lost } from './lost.tsx'
import { Shell } from './shell.tsx'

const root = createRootRoute({ component: Shell, notFoundComponent: Lost })

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: urls.campaigns })
  },
})

/** A page that is loaded when somebody goes there, or is about to; where its code does not come, `Broken` says so. */
function lazy<Name extends string>(load: () => Promise<Record<Name, RouteComponent>>, name: Name) {
  const part = whenWanted(() =>
    load().catch(() => {
      throw new Refused(null)
    }),
  )
  const Loaded = () => {
    const Page: RouteComponent | undefined = useLater(part, true)?.[name]
    return Page && <Page />
  }
  return Object.assign(Loaded, { preload: async () => void (await part.load()) })
}

/** A page whose words are loaded with it. */
function page<Name extends string>(load: () => Promise<Record<Name, RouteComponent>>, name: Name) {
  return lazy(async () => (await Promise.all([load(), allWords.load()]))[0], name)
}

// The first page, whose words are there from the start.
const campaigns = createRoute({
  getParentRoute: () => root,
  path: urls.campaigns,
  component: lazy(() => import('../features/campaigns/campaigns-page.tsx'), 'CampaignsPage'),
  validateSearch: readCampaignSearch,
})

const campaign = createRoute({
  getParentRoute: () => root,
  path: urls.campaign,
  component: page(() => import('../features/campaigns/campaign-page.tsx'), 'CampaignPage'),
  validateSearch: readCampaignTab,
})

const setUp = createRoute({
  getParentRoute: () => root,
  path: urls.setUp,
  component: page(() => import('../features/campaigns/set-up/set-up-page.tsx'), 'SetUpPage'),
  validateSearch: readStep,
})

const contacts = createRoute({
  getParentRoute: () => root,
  path: urls.contacts,
  component: page(() => import('../features/contacts/contacts-page.tsx'), 'ContactsPage'),
  validateSearch: readContactSearch,
})

const contact = createRoute({
  getParentRoute: () => root,
  path: urls.contact,
  component: page(() => import('../features/contacts/contact-page.tsx'), 'ContactPage'),
})

const imports = createRoute({
  getParentRoute: () => root,
  path: urls.imports,
  component: page(() => import('../features/imports/imports-page.tsx'), 'ImportsPage'),
})

const newImport = createRoute({
  getParentRoute: () => root,
  path: urls.newImport,
  component: page(() => import('../features/imports/new-import-page.tsx'), 'NewImportPage'),
  validateSearch: readImportTarget,
})

const oneImport = createRoute({
  getParentRoute: () => root,
  path: urls.import,
  component: page(() => import('../features/imports/import-page.tsx'), 'ImportPage'),
})

const calls = createRoute({
  getParentRoute: () => root,
  path: urls.calls,
  component: page(() => import('../features/calls/calls-page.tsx'), 'CallsPage'),
  validateSearch: readCallSearch,
})

const call = createRoute({
  getParentRoute: () => root,
  path: urls.call,
  component: page(() => import('../features/calls/call-page.tsx'), 'CallPage'),
})

const recordings = createRoute({
  getParentRoute: () => root,
  path: urls.recordings,
  component: page(() => import('../features/recordings/recordings-page.tsx'), 'RecordingsPage'),
  validateSearch: readRecordingSearch,
})

const analytics = createRoute({
  getParentRoute: () => root,
  path: urls.analytics,
  component: page(() => import('../features/analytics/analytics-page.tsx'), 'AnalyticsPage'),
  validateSearch: readAnalyticsSearch,
})

const desk = createRoute({
  getParentRoute: () => root,
  path: urls.desk,
  component: page(() => import('../features/desk/desk-page.tsx'), 'DeskPage'),
  validateSearch: readWhose,
})

const wallboard = createRoute({
  getParentRoute: () => root,
  path: urls.wallboard,
  component: page(() => import('../features/wallboard/wallboard-page.tsx'), 'WallboardPage'),
  validateSearch: readTeam,
})

const agents = createRoute({
  getParentRoute: () => root,
  path: urls.agents,
  component: page(() => import('../features/agents/agents-page.tsx'), 'AgentsPage'),
  validateSearch: readAgentSearch,
})

const doNotCall = createRoute({
  getParentRoute: () => root,
  path: urls.doNotCall,
  component: page(() => import('../features/do-not-call/do-not-call-page.tsx'), 'DoNotCallPage'),
  validateSearch: readDoNotCallSearch,
})

const trunks = createRoute({
  getParentRoute: () => root,
  path: urls.trunks,
  component: page(() => import('../features/trunks/trunks-page.tsx'), 'TrunksPage'),
})

const users = createRoute({
  getParentRoute: () => root,
  path: urls.users,
  component: page(() => import('../features/users/users-page.tsx'), 'UsersPage'),
})

const apiKeys = createRoute({
  getParentRoute: () => root,
  path: urls.apiKeys,
  component: page(() => import('../features/api-keys/api-keys-page.tsx'), 'ApiKeysPage'),
})

const compliance = createRoute({
  getParentRoute: () => root,
  path: urls.compliance,
  component: page(() => import('../features/compliance/compliance-page.tsx'), 'CompliancePage'),
  validateSearch: readComplianceSearch,
})

const workspace = createRoute({
  getParentRoute: () => root,
  path: urls.workspace,
  component: page(() => import('../features/workspaces/workspace-page.tsx'), 'WorkspacePage'),
})

const dispositions = createRoute({
  getParentRoute: () => root,
  path: urls.dispositions,
  component: page(() => import('../features/dispositions/dispositions-page.tsx'), 'DispositionsPage'),
})

const scripts = createRoute({
  getParentRoute: () => root,
  path: urls.scripts,
  component: page(() => import('../features/scripts/scripts-page.tsx'), 'ScriptsPage'),
})

const messages = createRoute({
  getParentRoute: () => root,
  path: urls.messages,
  component: page(() => import('../features/messages/messages-page.tsx'), 'MessagesPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    start,
    campaigns,
    campaign,
    setUp,
    contacts,
    contact,
    imports,
    newImport,
    oneImport,
    calls,
    call,
    recordings,
    analytics,
    desk,
    wallboard,
    agents,
    doNotCall,
    trunks,
    users,
    apiKeys,
    compliance,
    workspace,
    dispositions,
    scripts,
    messages,
  ]),
  defaultErrorComponent: Broken,
  defaultPreload: 'intent',
  // What was typed or opened for one person or campaign is not there for the next, whose page is of the same kind.
  defaultRemountDeps: ({ params }) => params,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
