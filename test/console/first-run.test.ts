/** The owner's first two minutes: from an empty folder to a campaign that calls, by the mouse alone. */
import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { findBarriers, openBrowser } from '#kit/console.ts'
import { startServer } from '#kit/server-process.ts'
import { requireTool } from '#kit/tools.ts'

const skip = requireTool('chromium')

describe('the first run of the console', { skip, timeout: 120_000 }, () => {
  it('leads from an empty folder to a campaign that calls in two minutes and eight clicks', async (context) => {
    const folder = mkdtempSync(join(tmpdir(), 'outdial-first-run-'))
    chmodSync(folder, 0o711)
    const began = performance.now()
    const OUTDIAL_SIM_LEDGER = join(folder, 'ledger')
    const server = await startServer({ OUTDIAL_DATA_DIR: join(folder, 'data'), OUTDIAL_SIM_LEDGER, OUTDIAL_DEMO: '0' })
    const browser = await openBrowser()
    context.after(async () => {
      await browser.close()
      // A server that is asked to stop waits for its calls.
      await server.kill()
      rmSync(folder, { recursive: true, force: true })
    })
    const page = await (await browser.newContext()).newPage()
    let clicks = 0
    const click = async (name: string) => {
      clicks += 1
      await page.getByRole('button', { name }).or(page.getByRole('link', { name })).click()
    }

    await page.goto(/http:\S+\/sign-in\/\S+/.exec(server.said())?.[0] as string)
    clicks += 1
    await page.getByText('No campaign yet').waitFor()
    assert.deepEqual(await findBarriers(page), [])
    await click('New campaign')
    await click('Take 400 made-up people')
    await page.getByText('Done', { exact: false }).waitFor()
    await click('Review')
    await page.getByText('Callable now').waitFor()
    await click('Start calling')
    await page.getByText('Active', { exact: true }).waitFor()
    const callsUp = page.getByRole('definition').nth(1)
    await page.waitForFunction((tile) => Number(tile?.textContent) > 0, await callsUp.elementHandle())
    const seconds = (performance.now() - began) / 1000
    context.diagnostic(`${clicks} clicks, ${seconds.toFixed(1)} s from an empty folder to the first dial on the screen`)
    assert.ok(clicks <= 8, `${clicks} clicks`)
    assert.ok(seconds < 120, `${seconds} s`)
    assert.match(readFileSync(OUTDIAL_SIM_LEDGER, 'utf8'), /"attempt_id"/, 'the carrier was called')
  })
})
