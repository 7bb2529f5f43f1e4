import {
  CirclePause,
  CirclePlay,
  Grid3x3,
  type LucideIcon,
  Mic,
  MicOff,
  Pause,
  PhoneForwarded,
  PhoneOff,
  Play,
  Undo2,
  Users,
} from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ScreenPop } from '../../api/agent-frames.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { Badge } from '../../ui/badge.tsx'
import type { Look } from '../../ui/button-look.ts'
import { Keypad } from './keypad.tsx'
import { TransferDialog } from './transfer-dialog.tsx'
import { useCallActs } from './use-call-acts.ts'
import type { Desk } from './use-desk.ts'
import { VoicemailDrop } from './voicemail-drop.tsx'
import { Waiting } from './waiting.tsx'
import { Whom } from './whom.tsx'
import { WrapUp } from './wrap-up.tsx'

/** Acts that need nothing said besides. */
type PlainAct =
  | ('mute' | 'unmute' | 'hold' | 'resume' | 'record_start' | 'record_pause' | 'record_resume')
  | ('three_way' | 'complete_transfer' | 'cancel_consult' | 'hang_up')
const recordAct = { off: 'record_start', on: 'record_pause', paused: 'record_resume' } as const
const wide = { className: 'col-span-2' }

/** The call in hand and what can be done with it, each act by a button and by a key. */
export function CallZone({ desk, pop }: { desk: Desk; pop: ScreenPop | null }) {
  const { t } = useTranslation()
  const { session } = desk
  const [open, setOpen] = useState<'dtmf' | 'transfer' | null>(null)
  const { standing, barred, act } = useCallActs(desk)
  const button = (
    name: PlainAct | 'dtmf' | 'transfer',
    key: string,
    icon: LucideIcon,
    look: { look?: Look; className?: string } = {},
  ) => (
    <ActButton
      id={`desk.${key}`}
      keyOf={key}
      icon={icon}
      label={t(`desk.act.${name}`)}
      barred={barred(name)}
      run={() => (name === 'dtmf' || name === 'transfer' ? setOpen(name) : act({ act: name }))}
      {...look}
    />
  )
  if (session.state !== 'on_call' && session.state !== 'wrap_up') {
    return <Waiting desk={desk} onHangUp={() => act({ act: 'hang_up' })} />
  }
  return (
    <>
      <Whom desk={desk} pop={pop} />
      {session.state === 'wrap_up' && <WrapUp desk={desk} />}
      <div className={session.state === 'on_call' ? 'flex flex-wrap gap-1.5 empty:hidden' : 'hidden'}>
        {standing.held && (
          <Badge tone="warn" icon={Pause}>
            {t('desk.standing.held')}
          </Badge>
        )}
        {standing.muted && (
          <Badge tone="warn" icon={MicOff}>
            {t('desk.standing.muted')}
          </Badge>
        )}
        {standing.recording !== 'off' && (
          <Badge
            tone={standing.recording === 'on' ? 'info' : 'warn'}
            icon={standing.recording === 'on' ? CirclePlay : CirclePause}
          >
            {t(`desk.standing.recording.${standing.recording}`)}
          </Badge>
        )}
      </div>
      {session.state === 'on_call' && (
        <div className="grid grid-cols-2 gap-2">
          {button(standing.muted ? 'unmute' : 'mute', 'm', standing.muted ? Mic : MicOff)}
          {button(standing.held ? 'resume' : 'hold', 'h', standing.held ? Play : Pause)}
          {button('dtmf', 'k', Grid3x3)}
          {button('transfer', 't', PhoneForwarded)}
          {button(recordAct[standing.recording], 'r', standing.recording === 'on' ? CirclePause : CirclePlay, wide)}
          <VoicemailDrop
            barred={barred('voicemail_drop')}
            onDrop={(id) => act({ act: 'voicemail_drop', voicemail_drop_id: id })}
          />
          {standing.consulting !== 'no' && (
            <>
              {button('three_way', 'y', Users, wide)}
              {button('complete_transfer', 'u', PhoneForwarded, wide)}
              {button('cancel_consult', 'z', Undo2, wide)}
            </>
          )}
          {button('hang_up', 'x', PhoneOff, { look: 'bad', ...wide })}
        </div>
      )}
      {open === 'dtmf' && <Keypad onDigits={(digits) => act({ act: 'dtmf', digits })} onClose={() => setOpen(null)} />}
      {open === 'transfer' && <TransferDialog ask={desk.ask} onClose={() => setOpen(null)} />}
    </>
  )
}
