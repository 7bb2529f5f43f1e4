/**
 * How often a password was tried in vain. Outside any workspace, since nobody is known yet; keys are hashes of an account
 * or an address. Waits are by the database's clock, which all processes share.
 */
import type { Pool } from './database.ts'

export interface GuessKey {
  key: Buffer
  /** Failures without a wait. */
  allowed: number
}

/** The first wait; each further failure doubles it, up to the longest. One-time links are never made to wait. */
const firstWaitSeconds = 30
const longestWaitSeconds = 900
const rememberedHours = 24

/**
 * Counts a guess as failed before it is looked at, so that many at once can't outrun the count; `forgiveGuess` takes a
 * right one back. Null, or the seconds to wait before the next guess.
 */
export async function countGuess(pool: Pool, guess: GuessKey[]): Promise<number | null> {
  const failures = `case when f.last_at < now() - interval '${rememberedHours} hours' then 1 else f.failures + 1 end`
  const { rows } = await pool.query<{ counted: number; wait: number | null }>({
    name: 'count-guess',
    text: `
      with waits as (
        select max(blocked_until) as until from sign_in_failures where key = any ($1) and blocked_until > now()
      ), counted as (
        insert into sign_in_failures as f (key, failures, last_at, blocked_until)
        select g.key, 1, now(), '-infinity' from unnest($1::bytea[]) with ordinality as g (key, place)
        where (select until from waits) is null order by g.place
        on conflict (key) do update set last_at = now(), failures = ${failures},
          blocked_until = ${blockAfter(failures, '($2::integer[])[array_position($1::bytea[], f.key)]')}
        where f.blocked_until <= now() returning key
      )
      select (select count(*) from counted)::integer as counted,
        ceil(extract(epoch from (select until from waits) - now()))::integer as wait`,
    values: [guess.map(({ key }) => key), guess.map(({ allowed }) => allowed)],
  })
  const { counted = 0, wait = null } = rows[0] ?? {}
  if (wait !== null) return Math.max(1, wait)
  // Another guess at the same moment was the last one allowed.
  return counted === guess.length ? null : firstWaitSeconds
}

/** The guess was right: its account starts anew, its address gets this one back. */
export async function forgiveGuess(pool: Pool, account: GuessKey, address: GuessKey): Promise<void> {
  await pool.query({
    name: 'forgive-guess',
    text: `
      with cleared as (
        delete from sign_in_failures where key = $1 or last_at < now() - interval '${rememberedHours} hours'
      )
      update sign_in_failures set failures = failures - 1,
        blocked_until = case when failures <= $3 then '-infinity' else blocked_until end
      where key = $2 and last_at >= now() - interval '${rememberedHours} hours'`,
    values: [account.key, address.key, address.allowed],
  })
}

/** No wait is minus infinity rather than now, which a guess that began earlier and comes later would still have to await. */
function blockAfter(failures: string, allowed: string): string {
  return `case when ${failures} < ${allowed} then '-infinity' else now() + make_interval(secs =>
    least(${longestWaitSeconds}, ${firstWaitSeconds} * power(2, least(${failures} - ${allowed}, 10)))) end`
}
