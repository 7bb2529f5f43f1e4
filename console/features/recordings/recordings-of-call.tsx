import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useBarred } from '../../api/me.ts'
import { recordingsOfCallQuery } from '../../api/recordings.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { RecordingPanel } from './recording-panel.tsx'

/** What was recorded of a call, each with its player or with why there is none. */
export function RecordingsOfCall({ callId, className }: { callId: string; className: string }) {
  const { t } = useTranslation()
  const barred = useBarred()('recordings.read')
  const recordings = useQuery({ ...recordingsOfCallQuery(callId), enabled: barred === null })
  return (
    <Loaded of={recordings} shape={false}>
      {({ data }) =>
        data.length > 0 && (
          <section aria-labelledby="recordings" className={className}>
            <h2 id="recordings" className="mb-3 font-semibold">
              {t('recordings.one')}
            </h2>
            <div className="flex flex-col gap-4">
              {data.map((recording) => (
                <RecordingPanel key={recording.id} recording={recording} />
              ))}
            </div>
          </section>
        )
      }
    </Loaded>
  )
}
