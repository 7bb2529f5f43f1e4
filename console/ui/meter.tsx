import { clsx } from 'clsx'

/** How far something is: `share` from 0 to 1. */
export function Meter({ share, label, className }: { share: number; label: string; className?: string }) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      className={clsx('h-2 overflow-hidden rounded-full bg-raised', className)}
    >
      <div className="h-full origin-left bg-accent transition-transform rtl:origin-right" ref={scaleTo(share)} />
    </div>
  )
}

/** A style that the page's policy allows: set by script, not written in the markup. */
const scaleTo = (share: number) => (bar: HTMLElement | null) => {
  if (bar) bar.style.transform = `scaleX(${share})`
}
