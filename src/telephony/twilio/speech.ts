import type { Speech, WebhookAnswer } from '../provider.ts'

/** TwiML for a call that Twilio asks about. */
export async function speakTwiml({ lines, put_through, caller_id }: Speech): Promise<WebhookAnswer> {
  // Only a server that is asked needs what writes XML.
  const { default: VoiceResponse } = await import('twilio/lib/twiml/VoiceResponse.js')
  const response = new VoiceResponse()
  for (const line of lines) response.say(line)
  if (put_through === null) response.hangup()
  else response.dial(caller_id === null ? {} : { callerId: caller_id }, put_through)
  return { status: 200, content_type: 'text/xml', body: response.toString() }
}
