import type { Campaign } from '#store/campaigns.ts'

/** Minutes of the day as people write them. */
export function showTime(minutes: number | null): string | null {
  if (minutes === null) return null
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

export function readTime(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
}

export function showCampaign(row: Campaign) {
  return { ...row, window_start: showTime(row.window_start), window_end: showTime(row.window_end) }
}

export type ShownCampaign = ReturnType<typeof showCampaign>
