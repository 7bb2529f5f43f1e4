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
  Voicemail,
} from 'lucide-react'
import { urls } from '../lib/urls.ts'

/** The parts of the sidebar, in its order. */
export const sections = ['campaigns', 'floor', 'people', 'records', 'compliance', 'settings'] as const
type Section = (typeof sections)[number]

/** The pages that can be gone to without knowing an object, in their order; the palette has them, too. */
export const places = [
  { to: urls.campaigns, label: 'places.campaigns', icon: Megaphone, section: 'campaigns' },
  { to: urls.scripts, label: 'places.scripts', icon: ScrollText, section: 'campaigns' },
  { to: urls.messages, label: 'places.messages', icon: Voicemail, section: 'campaigns' },
  { to: urls.desk, label: 'places.desk', icon: Headset, section: 'floor' },
  { to: urls.wallboard, label: 'places.wallboard', icon: MonitorCheck, section: 'floor' },
  { to: urls.agents, label: 'places.agents', icon: UsersRound, section: 'floor' },
  { to: urls.contacts, label: 'places.contacts', icon: ContactRound, section: 'people' },
  { to: urls.imports, label: 'places.imports', icon: FileUp, section: 'people' },
  { to: urls.calls, label: 'places.calls', icon: PhoneOutgoing, section: 'records' },
  { to: urls.recordings, label: 'places.recordings', icon: AudioLines, section: 'records' },
  { to: urls.analytics, label: 'places.analytics', icon: ChartColumn, section: 'records' },
  { to: urls.doNotCall, label: 'places.doNotCall', icon: PhoneOff, section: 'compliance' },
  { to: urls.compliance, label: 'places.compliance', icon: Scale, section: 'compliance' },
  { to: urls.trunks, label: 'places.trunks', icon: RadioTower, section: 'settings' },
  { to: urls.users, label: 'places.users', icon: Users, section: 'settings' },
  { to: urls.apiKeys, label: 'places.apiKeys', icon: KeyRound, section: 'settings' },
  { to: urls.dispositions, label: 'places.dispositions', icon: ListChecks, section: 'settings' },
  { to: urls.workspace, label: 'places.workspace', icon: Settings, section: 'settings' },
] as const satisfies readonly {
  to: string
  label: string
  icon: LucideIcon
  section: Section
}[]
