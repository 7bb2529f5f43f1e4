import { useMutation } from '@tanstack/react-query'
import { Phone } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dialByHand } from '../../api/callbacks.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { tellRefusal } from '../../ui/tell-refusal.ts'
import type { Desk } from './use-desk.ts'

/** Dials a number by hand; the rules hold for it as for every call. */
export function DialBox({ desk: { session } }: { desk: Desk }) {
  const { t } = useTranslation()
  const [number, setNumber] = useState('')
  const { mutate, isPending } = useMutation({
    mutationFn: () => dialByHand({ number }),
    onSuccess: () => setNumber(''),
    onError: tellRefusal,
  })
  const barred =
    session.state !== 'available'
      ? t('desk.dial.notReady')
      : number.trim() === ''
        ? t('desk.dial.empty')
        : isPending
          ? t('loading')
          : null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (barred === null) mutate()
  }
  return (
    <form className="flex flex-col gap-2" onSubmit={submit}>
      <TextField
        label={t('desk.dial.label')}
        type="tel"
        dir="ltr"
        autoComplete="off"
        value={number}
        onChange={({ target }) => setNumber(target.value)}
      />
      <Button type="submit" barred={barred}>
        <Phone aria-hidden className="size-4" />
        {t('desk.dial.call')}
      </Button>
    </form>
  )
}
