import { clsx } from 'clsx'
import { Check, type LucideIcon } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'

/** Opens under what it is given; `label` names it where the trigger shows an icon alone. */
export function Menu({ trigger, children }: { trigger: ReactNode; children: ReactNode }) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          className="z-40 min-w-48 rounded-lg border border-line bg-surface p-1 shadow-lg"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

const item =
  'flex cursor-pointer items-center gap-2.5 rounded-md px-2.5 py-2 text-sm outline-none data-highlighted:bg-raised'

interface MenuItemProps {
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

interface MenuChoiceProps<Value extends string> {
  value: Value
  options: readonly { value: Value; label: string }[]
  onChoose: (value: Value) => void
}

/** One of several, the chosen one marked. */
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

interface MenuCheckProps {
  checked: boolean
  onCheck: (checked: boolean) => void
  children: ReactNode
}

/** One of several that may all be on; the menu stays open. */
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

export function MenuLabel({ children }: { children: ReactNode }) {
  return (
    <DropdownMenu.Label className="px-2.5 pt-2 pb-1 text-xs font-medium text-ink-soft">{children}</DropdownMenu.Label>
  )
}
