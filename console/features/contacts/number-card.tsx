import { useQuery } from '@tanstack/react-query'
import { Phone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client.ts'
import { consentsOfQuery, contactabilityQuery } from '../../api/contactability.ts'
import { lookUpQuery } from '../../api/suppressions.ts'
import { showMoment, showTimeIn } from '../../lib/format.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Hint } from '../../ui/hint.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PhoneNumber } from '../../ui/phone-number.tsx'
import { Skeleton } from '../../ui/states.tsx'
import { Verdict } from '../contactability/verdict.tsx'

/** One number of somebody's: the time where it rings, and whether it may. */
export function NumberCard({ number, extension }: { number: string; extension: string | null }) {
  const { t } = useTranslation()
  const verdict = useQuery(contactabilityQuery(number))
  return (
    <section aria-label={number} className="rounded-xl border border-line bg-surface p-5">
      <header className="mb-3 flex flex-wrap items-center gap-2">
        <Phone aria-hidden className="size-4 text-ink-soft" />
        <h2 className="text-lg font-semibold">
          <PhoneNumber e164={number} />
        </h2>
        {extension && <span className="text-sm text-ink-soft">{t('contacts.extension', { extension })}</span>}
        <span className="ms-auto">
          <CopyButton text={number} label={t('contacts.copy')} />
        </span>
      </header>
      <Loaded of={verdict} shape={<Skeleton className="h-28" />}>
        {(found) => (
          <div className="flex flex-col gap-4">
            <LocalTime zones={found.evidence.zones as string[]} />
            <Verdict verdict={found} />
            <Standing number={number} />
          </div>
        )}
      </Loaded>
    </section>
  )
}

function LocalTime({ zones: [zone, ...others] }: { zones: string[] }) {
  const { t } = useTranslation()
  if (zone === undefined) return null
  const more = others
    .map((other) => t('contacts.timeThere', { time: showTimeIn(Date.now(), other), zone: other }))
    .join(' · ')
  return (
    <p className="text-sm text-ink-soft">
      {t('contacts.timeThere', { time: showTimeIn(Date.now(), zone), zone })}
      {others.length > 0 && (
        <Hint text={more}>
          <button type="button" className="ms-1.5 cursor-help underline decoration-dotted">
            {t('contacts.moreZones', { count: others.length })}
          </button>
        </Hint>
      )}
    </p>
  )
}

/** What was agreed to and what forbids it, as it is written down: only what was read is said. */
function Standing({ number }: { number: string }) {
  const consents = useQuery(consentsOfQuery(number))
  const blocked = useQuery(lookUpQuery(number))
  return (
    <Loaded of={consents} shape={<Skeleton className="h-12" />}>
      {({ data }) => (
        <Loaded of={blocked} shape={<Skeleton className="h-12" />}>
          {(found) => <Written consents={data} blocked={found} />}
        </Loaded>
      )}
    </Loaded>
  )
}

interface WrittenProps {
  consents: Schemas['Consent'][]
  blocked: Schemas['SuppressionLookUp']
}

function Written({ consents, blocked }: WrittenProps) {
  const { t } = useTranslation()
  const consent = consents.find(({ withdrawn_at }) => withdrawn_at === null)
  const withdrawn = consents.find(({ withdrawn_at }) => withdrawn_at !== null)
  const blocks = [
    ...blocked.suppressions.map(({ reason, source, expires_at }) =>
      [
        t(`contacts.blockSource.${source}`),
        reason,
        expires_at && t('contacts.blockedUntil', { when: showMoment(expires_at) }),
      ]
        .filter(Boolean)
        .join(' · '),
    ),
    ...blocked.lists.map(({ name }) => t('contacts.onList', { name })),
  ]
  return (
    <Facts
      facts={[
        [
          t('contacts.consent'),
          consent
            ? t('contacts.consentOf', {
                basis: consent.basis,
                source: consent.source,
                when: showMoment(consent.given_at),
              })
            : withdrawn
              ? t('contacts.consentWithdrawn', { when: showMoment(withdrawn.withdrawn_at ?? '') })
              : t('contacts.noConsent'),
        ],
        [t('contacts.blocked'), blocks.length > 0 ? blocks.join('; ') : t('contacts.notBlocked')],
      ]}
    />
  )
}
