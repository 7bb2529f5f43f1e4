import {
  AudioLines,
  ChartColumn,
  ContactRound,
  FileUp,
  Headset,
  KeyRound,
  ListChecks,
  type LucideIcon,
  Megaphone,
  MonitorCheck,
  PhoneOff,
  PhoneOutgoing,
  RadioTower,
  Scale,
  ScrollText,
  Settings,
  Users,
  UsersRound,
} from 'lucide-react'
import { urls } from '../lib/urls.ts'

/** The parts of the sidebar, in its order. */
export const sections = ['campaigns', 'floor', 'people', 'records', 'compliance', 'settings'] as const
type Section = (typeof sections)[number]

/** The pages that can be gone to without knowing an object, in their order; the palette has them, too. */
export const places = [
  { to: urls.campaigns, label: 'campaigns.title', icon: Megaphone, section: 'campaigns' },
  { to: urls.scripts, label: 'scripts.title', icon: ScrollText, section: 'campaigns' },
  { to: urls.desk, label: 'desk.title', icon: Headset, section: 'floor' },
  { to: urls.wallboard, label: 'wallboard.title', icon: MonitorCheck, section: 'floor' },
  { to: urls.agents, label: 'agents.title', icon: UsersRound, section: 'floor' },
  { to: urls.contacts, label: 'contacts.title', icon: ContactRound, section: 'people' },
  { to: urls.imports, label: 'imports.title', icon: FileUp, section: 'people' },
  { to: urls.calls, label: 'calls.title', icon: PhoneOutgoing, section: 'records' },
  { to: urls.recordings, label: 'recordings.title', icon: AudioLines, section: 'records' },
  { to: urls.analytics, label: 'analytics.title', icon: ChartColumn, section: 'records' },
  { to: urls.doNotCall, label: 'doNotCall.title', icon: PhoneOff, section: 'compliance' },
  { to: urls.compliance, label: 'compliance.title', icon: Scale, section: 'compliance' },
  { to: urls.trunks, label: 'trunks.title', icon: RadioTower, section: 'settings' },
  { to: urls.users, label: 'users.title', icon: Users, section: 'settings' },
  { to: urls.apiKeys, label: 'apiKeys.title', icon: KeyRound, section: 'settings' },
  { to: urls.dispositions, label: 'dispositions.title', icon: ListChecks, section: 'settings' },
  { to: urls.workspace, label: 'workspace.title', icon: Settings, section: 'settings' },
] as const satisfies readonly {
  to: string
  label: string
  icon: LucideIcon
  section: Section
}[]
