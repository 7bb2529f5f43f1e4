import { clsx } from 'clsx'
import { Check, type LucideIcon } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { type ReactNode, type RefObject, useEffect, useRef } from 'react'

interface OpenMenuProps {
  buttonId: string
  /** The keyboard goes to the first of what can be chosen. */
  onFirst: boolean
  onClose: () => void
  children: ReactNode
}

/** Lies under the button that opened it, which is no part of it: the button is there before this is loaded. */
export function OpenMenu({ buttonId, onFirst, onClose, children }: OpenMenuProps) {
  const content = useRef<HTMLDivElement>(null)
  return (
    <DropdownMenu.Root open onOpenChange={(open) => !open && onClose()}>
      <DropdownMenu.Trigger asChild>
        <span aria-hidden className="pointer-events-none absolute inset-0" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          ref={content}
          aria-labelledby={buttonId}
          align="end"
          sideOffset={6}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            document.getElementById(buttonId)?.focus()
          }}
          className="z-40 min-w-48 rounded-lg border border-line bg-surface p-1 shadow-lg"
        >
          {children}
          {onFirst && <GoToFirst menu={content} />}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

function GoToFirst({ menu }: { menu: RefObject<HTMLElement | null> }) {
  useEffect(() => {
    // After the menu has taken the keyboard, which it does for itself first.
    queueMicrotask(() => menu.current?.querySelector<HTMLElement>('[role^=menuitem]')?.focus())
  }, [menu])
  return null
}

const item =
  'flex cursor-pointer items-center gap-2.5 rounded-md px-2.5 py-2 text-sm outline-none data-highlighted:bg-raised'

export interface MenuItemProps {
  icon: LucideIcon
  children: ReactNode
  onSelect: () => void
  /** Why it can't be chosen now. */
  barred?: string | null
}

export function MenuItem({ icon: Icon, children, onSelect, barred = null }: MenuItemProps) {
  return (
    <DropdownMenu.Item
      className={clsx(item, barred !== null && 'text-ink-soft')}
      aria-disabled={barred !== null || undefined}
      onSelect={(event) => (barred === null ? onSelect() : event.preventDefault())}
    >
      <Icon aria-hidden className="size-4 shrink-0" />
      <span className="min-w-0">
        {children}
        {barred !== null && <span className="block max-w-60 text-xs text-ink-soft">{barred}</span>}
      </span>
    </DropdownMenu.Item>
  )
}

export interface MenuChoiceProps<Value extends string> {
  value: Value
  options: readonly { value: Value; label: string }[]
  onChoose: (value: Value) => void
}

export function MenuChoice<Value extends string>({ value, options, onChoose }: MenuChoiceProps<Value>) {
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={(chosen) => onChoose(chosen as Value)}>
      {options.map((option) => (
        <DropdownMenu.RadioItem key={option.value} value={option.value} className={clsx(item, 'ps-8 relative')}>
          <DropdownMenu.ItemIndicator className="absolute start-3 size-2 rounded-full bg-accent" />
          {option.label}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  )
}

export interface MenuCheckProps {
  checked: boolean
  onCheck: (checked: boolean) => void
  children: ReactNode
}

export function MenuCheck({ checked, onCheck, children }: MenuCheckProps) {
  return (
    <DropdownMenu.CheckboxItem
      checked={checked}
      onCheckedChange={onCheck}
      onSelect={(event) => event.preventDefault()}
      className={clsx(item, 'relative ps-8')}
    >
      <DropdownMenu.ItemIndicator className="absolute start-2.5">
        <Check aria-hidden className="size-4" />
      </DropdownMenu.ItemIndicator>
      {children}
    </DropdownMenu.CheckboxItem>
  )
}
