import type { BudgetMemory } from './budget.ts'
import type { StayMemory } from './busy-times.ts'
import type { ShapeMemory } from './ring-shapes.ts'

/** What a campaign's pacer leaves to the next one. */
export interface PacerMemory {
  talk: StayMemory
  wrap: StayMemory
  shapes: ShapeMemory
  shares: number[]
  /** Whose lead's chance the shares are; null where leads have no odds. */
  reference: number | null
  budget: BudgetMemory
}

/** What was kept, if it is whole: a pacer that begins with half a memory would be worse than one without. */
export function readMemory(kept: unknown): PacerMemory | null {
  const memory = kept as Partial<PacerMemory> | null | undefined
  if (typeof memory !== 'object' || memory === null) return null
  const { talk, wrap, shapes, shares, budget, reference = null } = memory
  const stays = [talk, wrap].every((stay) => isRow(stay?.ends) && isRow(stay?.atRisk))
  const rings = typeof shapes === 'object' && shapes !== null && Object.values(shapes).every(isRow)
  const paid = budget !== undefined && [budget.spent, budget.willing].every((each) => each > 0 && each < 1e9)
  const answers = isRow(shares) && shares.every((share) => share > 0 && share < 1)
  const refers = reference === null || (reference > 0 && reference < 1)
  return stays && rings && paid && answers && refers ? ({ ...memory, reference } as PacerMemory) : null
}

function isRow(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((each) => Number.isFinite(each) && each >= 0)
}
