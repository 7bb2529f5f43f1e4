import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { actOn } from '../../api/campaigns.ts'
import { type BulkCall, makeBulkCall } from '../../api/contacts.ts'
import { type Crew, crewQuery } from '../../api/crew.ts'
import { showCount, showDay } from '../../lib/format.ts'
import { urls } from '../../lib/urls.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { LoadedDialog } from '../../ui/loaded-dialog.tsx'
import { tell } from '../../ui/tell.ts'
import { tellRefusal } from '../../ui/tell-refusal.ts'
import { useServerForm } from '../../ui/use-form.ts'

interface BulkCallFormProps {
  whom: Pick<BulkCall, 'contact_ids' | 'matching'>
  /** How many they are. */
  count: number
  onClose: () => void
}

const purposes = ['marketing', 'information'] as const

/** The local day, as a date field has it. */
const today = () => new Date().toLocaleDateString('sv-SE')

/** A campaign of people who are there already: who calls them, what for, and when. It begins at once, or on its day. */
export function BulkCallForm(props: BulkCallFormProps) {
  const { t } = useTranslation()
  return (
    <LoadedDialog of={useQuery(crewQuery)} title={t('contacts.bulk.open')} onClose={props.onClose}>
      {(crew) => <FilledForm {...props} crew={crew} />}
    </LoadedDialog>
  )
}

/** Whoever likely calls: a team, else an agent, else nobody and a message is spoken. */
function likelyCaller({ teams: [team], agents }: Crew): string {
  if (team) return `team:${team.id}`
  const agent = agents.find(({ kind }) => kind === 'human') ?? agents[0]
  return agent ? `${agent.kind}:${agent.id}` : ''
}

function FilledForm({ whom, count, onClose, crew }: BulkCallFormProps & { crew: Crew }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const sent = useRef({ body: '', key: '' })
  /** The same request twice, such as after a lost answer, is one campaign. */
  const keyOf = (body: BulkCall) => {
    const text = JSON.stringify(body)
    if (sent.current.body !== text) sent.current = { body: text, key: crypto.randomUUID() }
    return sent.current.key
  }
  const defaults = {
    name: t('contacts.bulk.newName', { day: showDay(new Date()) }),
    caller: likelyCaller(crew),
    purpose: 'marketing' as (typeof purposes)[number],
    next_action: t('contacts.bulk.nextAction'),
    window_start: '09:00',
    window_end: '18:00',
    start_date: today(),
  }
  const { form, field, submit, submitting, fault } = useServerForm(
    defaults,
    async ({ caller, start_date, window_start, window_end, ...given }) => {
      const [kind, id = ''] = caller.split(':')
      const who = {
        human: { mode: 'progressive' as const, agent_ids: [id] },
        ai: { mode: 'ai' as const, agent_ids: [id] },
        team: { mode: 'progressive' as const, team_ids: [id] },
      }
      const crewed = who[kind as keyof typeof who] ?? { mode: 'broadcast' as const }
      const hours = {
        window_start: window_start || null,
        window_end: window_end || null,
        hours_zone: 'person' as const,
      }
      const campaign = { ...given, ...crewed, ...hours, start_date: start_date || null }
      const body = { campaign, ...whom }
      const made = await makeBulkCall(body, keyOf(body))
      // Refused or not, the campaign is there: the page of campaigns shows how it stands.
      await actOn(made.campaign.id, 'start').then(
        ({ status, name }) => tell('success', t(`campaigns.became.${status}`, { name })),
        tellRefusal,
      )
      await navigate({ to: urls.campaigns })
    },
  )
  const callers = [
    { value: '', label: t('contacts.bulk.nobodyTalks') },
    ...crew.teams.map(({ id, name }) => ({ value: `team:${id}`, label: t('contacts.bulk.team', { name }) })),
    ...crew.agents.map(({ id, name, kind }) => ({
      value: `${kind}:${id}`,
      label: t(`contacts.bulk.agent.${kind}`, { name }),
    })),
  ]
  const shown = showCount(count)
  return (
    <FormDialog
      title={t('contacts.bulk.title', { count, shown })}
      text={t('contacts.bulk.text')}
      submit={t('contacts.bulk.start', { count, shown })}
      {...{ submitting, fault, onClose }}
      onSubmit={submit}
    >
      <TextField label={t('setUp.name')} maxLength={200} {...field('name')} />
      <SelectField
        label={t('contacts.bulk.caller')}
        hint={t('contacts.bulk.callerHint')}
        options={callers}
        {...field('caller')}
      />
      <TextField label={t('setUp.nextAction')} maxLength={2000} {...field('next_action')} />
      <SelectField
        label={t('setUp.purposeLabel')}
        hint={t(`setUp.purposeText.${form.watch('purpose')}`)}
        options={purposes.map((value) => ({ value, label: t(`setUp.purpose.${value}`) }))}
        {...field('purpose')}
      />
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-3">
        <TextField label={t('contacts.bulk.first')} type="time" {...field('window_start')} />
        <TextField label={t('contacts.bulk.last')} type="time" {...field('window_end')} />
        <TextField label={t('setUp.start_date')} type="date" {...field('start_date')} />
      </div>
      <p className="text-sm text-ink-soft">{t('contacts.bulk.clock')}</p>
    </FormDialog>
  )
}
