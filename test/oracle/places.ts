/** People whose whereabouts are beyond doubt, or as doubtful as is written here; read off maps, not off our tables. */
export interface Somebody {
  number: string
  zone: string | null
  region: string | null
  postcode: string | null
  country: string
  /** Null: none of the states with rules of their own. */
  state: string | 'any' | null
  /** One name for each clock that may hang on their wall. */
  zones: readonly string[]
}

const continental = ['America/New_York', 'America/Chicago', 'America/Denver', 'America/Phoenix', 'America/Los_Angeles']
const rest = ['America/Anchorage', 'America/Adak', 'Pacific/Honolulu']
const everywhere = [...continental, ...rest]
const nobody = { zone: null, region: null, postcode: null }
const by = (number: string, country: string, state: Somebody['state'], ...zones: string[]): Somebody => ({
  ...nobody,
  ...{ number, country, state, zones },
})

/** By the number alone. */
export const byNumber: readonly Somebody[] = [
  by('+12125550143', 'US', null, 'America/New_York'),
  by('+13125550143', 'US', null, 'America/Chicago'),
  by('+13035550143', 'US', null, 'America/Denver'),
  by('+16025550143', 'US', null, 'America/Phoenix'),
  by('+12135550143', 'US', null, 'America/Los_Angeles'),
  by('+18085550143', 'US', null, 'Pacific/Honolulu'),
  by('+13055550143', 'US', 'FL', 'America/New_York'),
  by('+12065550143', 'US', 'WA', 'America/Los_Angeles'),
  by('+14055550143', 'US', 'OK', 'America/Chicago'),
  by('+14105550143', 'US', 'MD', 'America/New_York'),
  by('+12145550143', 'US', 'TX', 'America/Chicago'),
  by('+18015550143', 'US', 'UT', 'America/Denver'),
  by('+14015550143', 'US', 'RI', 'America/New_York'),
  by('+15045550143', 'US', 'LA', 'America/Chicago'),
  by('+12155550143', 'US', 'PA', 'America/New_York'),
  by('+33142345678', 'FR', null, 'Europe/Paris'),
  by('+34912345678', 'ES', null, 'Europe/Madrid'),
  by('+390212345678', 'IT', null, 'Europe/Rome'),
  by('+442079460777', 'GB', null, 'Europe/London'),
  by('+923001234567', 'PK', null, 'Asia/Karachi'),
  by('+919811234567', 'IN', null, 'Asia/Kolkata'),
  by('+4930901820', 'DE', null, 'Europe/Berlin'),
  by('+97715970050', 'NP', null, 'Asia/Kathmandu'),
  by('+6448901234', 'NZ', null, 'Pacific/Auckland'),
  by('+68675021100', 'KI', null, 'Pacific/Tarawa', 'Pacific/Kanton', 'Pacific/Kiritimati'),
]

/** A toll-free number: it may ring in any state of its country, on any of its clocks. */
export const anywhere: Somebody = by('+18005550143', 'US', 'any', ...everywhere)

/** Zones at the world's edges, with half hours, with folds in odd places and with none at all. */
export const zonesToSay = [
  ...['Pacific/Kiritimati', 'Etc/GMT-14', 'Etc/GMT+12', 'Pacific/Pago_Pago', 'Australia/Lord_Howe', 'Asia/Kathmandu'],
  ...['America/St_Johns', 'Africa/Casablanca', 'America/Nuuk', 'Pacific/Chatham', 'America/Santiago', 'Asia/Tehran'],
  ...['America/New_York', 'Europe/London', 'Asia/Karachi', 'Africa/Cairo', 'Australia/Sydney', 'America/Sao_Paulo'],
]
