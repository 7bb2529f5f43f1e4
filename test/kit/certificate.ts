/** A self-signed certificate of 127.0.0.1, made anew for each test: in DER by hand, since Node reads them but makes none. */
import { generateKeyPairSync, sign } from 'node:crypto'

const tags = { integer: 0x02, bits: 0x03, octets: 0x04, oid: 0x06, utf8: 0x0c, sequence: 0x30, set: 0x31, time: 0x18 }
const ecdsaWithSha256 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]
const commonName = [0x55, 0x04, 0x03]
const subjectAltName = [0x55, 0x1d, 0x11]
/** Context tags of X.509: the version, the extensions, and an address among the names. */
const version = 0xa0
const extensions = 0xa3
const ipAddress = 0x87

function der(tag: number, ...parts: (Buffer | number[])[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)))
  const long = body.length > 255 ? [0x82, body.length >> 8, body.length & 255] : [0x81, body.length]
  return Buffer.concat([Buffer.from([tag, ...(body.length < 128 ? [body.length] : long)]), body])
}

function timeOf(at: number): Buffer {
  const text = `${new Date(at).toISOString().replace(/\D/g, '').slice(0, 14)}Z`
  return der(tags.time, Buffer.from(text))
}

/** Certificate and private key as PEM; valid for a day to either side of now. */
export function makeCertificate(): { cert: string; key: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const day = 86_400_000
  const algorithm = der(tags.sequence, der(tags.oid, ecdsaWithSha256))
  const attribute = der(tags.sequence, der(tags.oid, commonName), der(tags.utf8, Buffer.from('outdial test')))
  const name = der(tags.sequence, der(tags.set, attribute))
  const names = der(tags.sequence, der(ipAddress, [127, 0, 0, 1]))
  const extension = der(tags.sequence, der(tags.oid, subjectAltName), der(tags.octets, names))
  const body = der(
    tags.sequence,
    der(version, der(tags.integer, [2])),
    der(tags.integer, [1]),
    algorithm,
    name,
    der(tags.sequence, timeOf(Date.now() - day), timeOf(Date.now() + day)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(extensions, der(tags.sequence, extension)),
  )
  const signature = der(tags.bits, [0], sign('sha256', body, privateKey))
  const text = der(tags.sequence, body, algorithm, signature).toString('base64').replace(/.{64}/g, '$&\n')
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  }
}
