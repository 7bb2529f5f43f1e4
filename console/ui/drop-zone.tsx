import { clsx } from 'clsx'
import { FileUp } from 'lucide-react'
import { type DragEvent, type ReactNode, useId, useState } from 'react'

interface DropZoneProps {
  title: string
  accept: string
  children: ReactNode
  onFile: (file: File) => void
}

/** Takes a file that is dropped on it, or chosen. */
export function DropZone({ title, accept, children, onFile }: DropZoneProps) {
  const id = useId()
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file) onFile(file)
  }
  return (
    <fieldset
      aria-label={title}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={clsx(
        'relative flex flex-col items-center gap-2 rounded-xl border-2 border-dashed px-6 py-10 text-center',
        over ? 'border-accent bg-accent-soft' : 'border-line-strong',
      )}
    >
      <FileUp aria-hidden className="size-8 text-ink-soft" />
      <input
        id={id}
        type="file"
        accept={accept}
        className="peer sr-only"
        onChange={({ target }) => {
          const file = target.files?.[0]
          if (file) onFile(file)
          target.value = ''
        }}
      />
      <label
        htmlFor={id}
        className="cursor-pointer rounded font-medium text-accent underline outline-accent peer-focus-visible:outline-2"
      >
        {title}
      </label>
      <div className="text-sm text-ink-soft">{children}</div>
    </fieldset>
  )
}
