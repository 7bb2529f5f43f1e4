import { all_acts } from '../conversation-acts.ts'
import type { LineAnswer } from '../http-line.ts'
import type { Capabilities, Carrier, TrunkSettings } from '../port.ts'
import type { CarrierDeps } from '../provider.ts'
import { createReports } from '../reports.ts'
import { clearCall, clearLeg, findTalks } from './aftermath.ts'
import { reasonOf, Unanswered } from './answers.ts'
import { openAri } from './ari.ts'
import { answer_within_ms } from './asking.ts'
import { ended_context, remembers_ms } from './book.ts'
import { channelOf } from './channels.ts'
import { createControl } from './control.ts'
import { detectAsAsked, detection_asked, detection_context, endDetection } from './detection.ts'
import { dialChannel, refuse } from './dial.ts'
import { createGreetings } from './greetings.ts'
import { createLegs, dialedAs } from './legs.ts'
import { locateCall } from './locate.ts'
import { createNews, type Gone } from './news.ts'
import { createPhones } from './phones.ts'
import { createPlays } from './plays.ts'
import { findRecordings } from './recording.ts'
import { readAsteriskSettings } from './settings.ts'
import { createSipTrunk } from './sip-trunk.ts'
import { openPbxSocket } from './socket.ts'
import { createFates } from './third.ts'
import { createTurns } from './turns.ts'

const capabilities: Omit<Capabilities, 'answering_machine_detection'> = {
  acts: all_acts,
  awaits_greetings: true,
  reconcile: 'by_id',
  remembers_ms,
  reports_opt_outs: false,
  takes_phones: true,
}

/** Of the time in which a dial has to leave. */
const places_within_ms = 150

/** A line to a PBX: commands by its REST interface, reports from its events. */
export function openAsteriskLine(
  trunk: TrunkSettings,
  { sink, clock, trouble }: Pick<CarrierDeps, 'sink' | 'clock' | 'trouble'>,
): Carrier {
  const settings = readAsteriskSettings(trunk)
  const trunk_id = trunk.id
  const ari = openAri(settings)
  const reports = createReports(trunk, sink, trouble)
  const take = createTurns()
  const fates = createFates()
  const plays = createPlays(trunk_id, (attempt_id) => void ari.end(channelOf('call', trunk_id, attempt_id), 16))
  const greetings = createGreetings(trunk_id)
  const phones = createPhones({ trunk_id, ari, settings, clock, trouble })
  const sipTrunk = createSipTrunk({ trunk_id, ari, settings, trouble })
  const endpointOf = (to: string) => dialedAs(settings, to)
  const pbx = () => ({ trunk_id, ari, app: socket.app })
  const ground = () => ({ ...pbx(), endpoint: endpointOf('+0'), now: clock.now })
  const { control, settle, closing } = createControl({ pbx, take, fates, plays, greetings, endpointOf })

  const lookAfter = async (attempt_id: string, lives: boolean) => {
    if (lives) return settle(attempt_id)
    greetings.end(attempt_id)
    await take([attempt_id], () => clearCall(pbx(), attempt_id))
    await tellRecording(attempt_id)
  }
  const tellRecording = async (attempt_id: string) => {
    const recorded = await findRecordings(pbx(), attempt_id, new Date(clock.now()).toISOString())
    for (const event of recorded) news.tellCall(attempt_id, event)
  }
  const onGone = (id: string, who: Gone) => {
    const done = async () => {
      if (who === 'leg') return clearLeg(pbx(), id)
      if (who === 'detector') return endDetection(pbx(), id)
      if (who === 'unheard_call') await news.askCall(id)
      await lookAfter(id, who === 'somebody')
    }
    done().catch(async (error) => {
      // Whoever hears the PBX again asks after everything.
      if (who !== 'leg' && who !== 'detector') news.forgetWhatWasHeard(id)
      const away = error instanceof Unanswered && (closed || !(await socket.hears(0)))
      if (!away) trouble('What is left of a call was not looked after', error)
    })
  }
  const onAnswer = (attempt_id: string) => {
    if (!settings.detect_machines) return
    detectAsAsked(pbx(), attempt_id).catch((error) => trouble('Nobody listens whether a machine answered', error))
  }
  const onOpen = async () => {
    sipTrunk.doubt()
    await news.catchUp()
    for (const { attempt_id, lives } of await findTalks(pbx())) onGone(attempt_id, lives ? 'somebody' : 'call')
    await phones.catchUp()
  }
  const socket = openPbxSocket({
    ...{ settings, onOpen, echo: ari.echo, trouble },
    onEvent(event) {
      news.hear(event)
      plays.hear(event)
      greetings.hear(event)
      sipTrunk.hear(event)
    },
  })
  const { recall, ...legs } = createLegs({ ground, socket, endpointOf })
  const news = createNews({
    ...{
      trunk_id,
      ari,
      ground,
      legs: { ...legs, recall },
      fates,
      report: reports.add,
      now: clock.now,
      onAnswer,
      onGone,
    },
  })
  /** An id is taken by a channel of the trunk, which may have to be put in place for it. */
  const placing = async <T extends { found: string }>(look: () => Promise<T>): Promise<T> => {
    const found = await look()
    if (found.found !== 'unreachable' || settings.sip === undefined) return found
    await sipTrunk.ensure(answer_within_ms)
    return look()
  }
  let closed = false

  return {
    name: 'asterisk',
    capabilities: { ...capabilities, answering_machine_detection: settings.detect_machines },
    speed: 1,
    async dial({ attempt_id, number, caller_id, ring_timeout_ms, detect_machines }, signal) {
      const began = performance.now()
      const lack = await sipTrunk.ensure(places_within_ms)
      if (lack !== null) return { ok: false, fault: lack }
      const listens = detect_machines && settings.detect_machines
      const contexts = listens ? [ended_context, detection_context] : [ended_context]
      const channel = channelOf('call', trunk_id, attempt_id)
      const dialed = { endpoint: endpointOf(number), caller_id, ring_timeout_ms, without_endpoint: 'blocked' as const }
      const onTaken = () => news.expectCall(attempt_id)
      const order = { id: attempt_id, channel, ...dialed, ...(listens && { variables: detection_asked }) }
      const reply = await dialChannel({ ari, socket, contexts, onTaken }, order, signal, began)
      if (!reply.ok) sipTrunk.doubt()
      return reply.ok ? { ok: true, provider_call_id: channel } : reply
    },
    async hangup(attempt_id) {
      const answer = await ari.end(channelOf('call', trunk_id, attempt_id), 16)
      return answer.status === 204 || answer.status === 404 ? null : faultOf(answer)
    },
    locate: (attempt_id) => placing(() => locateCall(ground(), attempt_id)),
    ...legs,
    async openLeg(command, signal) {
      const began = performance.now()
      const lack = command.reached_at === 'outside' ? await sipTrunk.ensure(places_within_ms) : null
      return lack === null ? legs.openLeg(command, signal, began) : { ok: false, fault: lack }
    },
    locateLeg: (leg_id) => placing(() => legs.locateLeg(leg_id)),
    retire: sipTrunk.retire,
    closeLeg: (leg_id) => closing(leg_id, () => legs.closeLeg(leg_id)),
    ...{ makePhoneAccount: phones.makePhoneAccount, findPhoneSocket: phones.findPhoneSocket },
    control,
    openRecording: ari.openRecording,
    forgetRecording: ari.forgetRecording,
    async close() {
      closed = true
      phones.close()
      sipTrunk.close()
      socket.close()
      await reports.close()
      await ari.close()
    },
  }
}

function faultOf(answer: LineAnswer) {
  const left = answer.status !== null || answer.left
  return refuse(left ? 'indeterminate' : 'blocked', reasonOf(answer)).fault
}
