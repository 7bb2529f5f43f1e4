import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readOptOut } from './opt-out-keyword.ts'

describe('a text message', () => {
  const taken: [string, string][] = [
    ['STOP', 'STOP'],
    [' stop! ', 'STOP'],
    ['"Stop."', 'STOP'],
    ['Quit', 'QUIT'],
    ['END', 'END'],
    ['revoke', 'REVOKE'],
    ['opt out', 'OPT OUT'],
    ['OPT-OUT', 'OPT OUT'],
    ['OptOut', 'OPTOUT'],
    ['cancel', 'CANCEL'],
    ['UNSUBSCRIBE\n', 'UNSUBSCRIBE'],
    ['StopAll', 'STOPALL'],
    ['stop all', 'STOP ALL'],
    ['Arrêt', 'ARRET'],
    ['ｓｔｏｐ', 'STOP'],
    ['STOP calling me', 'STOP'],
    ['Unsubscribe me, please', 'UNSUBSCRIBE'],
  ]
  for (const [message, keyword] of taken) {
    it(`opts out by ${JSON.stringify(message)}`, () => assert.equal(readOptOut(message), keyword))
  }

  const harmless = [
    ...['', '   ', '...', 'yes', 'START', 'UNSTOP', 'HELP', 'S T O P', 'stopp', 'ending', 'nonstop', '1'],
    ...[
      "don't stop calling",
      'we never cancel',
      'Please call me at the end of the month',
      'Endless thanks',
      "Stop's fun",
    ],
  ]
  for (const message of harmless) {
    it(`says nothing of the kind by ${JSON.stringify(message)}`, () => assert.equal(readOptOut(message), null))
  }
})
