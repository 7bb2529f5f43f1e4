import { usePhoneFormat } from '../lib/phone.ts'

/** A number as people write it, from left to right in every language; what is copied of it is E.164. */
export function PhoneNumber({ e164 }: { e164: string }) {
  const format = usePhoneFormat()
  return (
    <bdi
      dir="ltr"
      className="whitespace-nowrap"
      onCopy={(event) => {
        event.clipboardData.setData('text/plain', e164)
        event.preventDefault()
      }}
    >
      {format(e164)}
    </bdi>
  )
}
