import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import type { LoadedProps } from './loaded.tsx'
import { centered, Modal } from './modal.tsx'
import { Failed } from './states.tsx'

interface LoadedDialogProps<Data> extends Pick<LoadedProps<Data>, 'of'> {
  title: string
  onClose: () => void
  children: (data: Data) => ReactNode
}

/** A dialog that is there with what it needs; where that could not be read, one that says why, with a way to ask again. */
export function LoadedDialog<Data>({ of, title, onClose, children }: LoadedDialogProps<Data>) {
  if (of.data !== undefined) return children(of.data)
  if (!of.error) return null
  return (
    <Modal title={title} className={clsx(centered, 'w-[min(36rem,calc(100vw-2rem))] p-6')} onClose={onClose}>
      <div className="mt-5">
        <Failed error={of.error} retry={of.refetch} />
      </div>
    </Modal>
  )
}
