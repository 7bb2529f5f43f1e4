import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { maxUploadBytes, removeUpload, type SpoolReply, spoolUpload } from '#intake/uploads.ts'
import { newId } from '#store/ids.ts'
import { findHostileValue } from '../../http/hostile-input.ts'
import type { ServerDeps } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse, refuseValues } from '../../http/problems.ts'
import type { UploadRequest } from './options.ts'

/** A file that lies on disk. */
interface Received {
  id: string
  file_path: string
  file_size_bytes: number
  file_name: string
  /** Of the file and what came with it; tells a repeated request from another one. */
  digest: string
}

/** And what came with it. */
export type Upload = UploadRequest & Received

export type Spooled = { file_path: string; file_size_bytes: number; hash: string; file_name: string }

/** Parts of a form besides the file; there are about a dozen options. */
const limits = { files: 1, fields: 40, parts: 41, fieldSize: 100_000, fileSize: maxUploadBytes + 1 }

const noFile = refuse('unsupported-media-type', 'Send a form with the part `file`, or the file as text/csv.')

/** Takes a file as a form, in whatever order its parts come, or as the body itself; nothing is left of one refused. */
export async function receiveUpload<Read extends { file_name: string | null } = UploadRequest>(
  house: ServerDeps,
  request: FastifyRequest,
  readRequest: (fields: Record<string, string>) => Read | Refusal,
): Promise<(Read & Received) | Refusal> {
  const id = newId(house.clock.now())
  const fields: Record<string, string> = { ...(request.query as Record<string, string>) }
  if (!request.isMultipart() && !(request.body instanceof Readable)) return noFile
  const spooled = request.isMultipart()
    ? await takeForm(house, request, id, fields)
    : await spool(house, id, request.body as Readable, 'upload.csv')
  if (isRefusal(spooled)) return spooled
  const read = readFields(fields, readRequest)
  if (isRefusal(read)) {
    await discardUpload(house, spooled)
    return read
  }
  const digest = createHash('sha256')
    .update(`${spooled.hash}${JSON.stringify(fields)}`)
    .digest('hex')
  return { ...read, ...spooled, id, digest, file_name: read.file_name ?? spooled.file_name }
}

export async function discardUpload(house: ServerDeps, upload: { file_path: string }): Promise<void> {
  await removeUpload(house.config.data_dir, upload.file_path)
}

/** Spools the form's file and reads its other parts into `fields`, in whatever order they come. */
export async function takeForm(
  house: ServerDeps,
  request: FastifyRequest,
  id: string,
  fields: Record<string, string>,
): Promise<Spooled | Refusal> {
  let spooled: Spooled | Refusal | null = null
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type === 'field') fields[part.fieldname] = String(part.value)
      else spooled = await spool(house, id, part.file, part.filename || 'upload.csv')
    }
  } catch (error) {
    if (spooled && !isRefusal(spooled)) await discardUpload(house, spooled)
    if (isBrokenForm(error)) return refuse('malformed-request', `The form breaks off or is none: ${error.message}.`)
    throw error
  }
  return spooled ?? refuseValues([{ path: 'file', message: 'is missing: send the file as a part of the form' }])
}

/** The form's parser throws plain errors; those of the disk and of the framework carry a code. */
function isBrokenForm(error: unknown): error is Error {
  return error instanceof Error && !('code' in error) && /multipart|boundary|part|form|end of/i.test(error.message)
}

async function spool(house: ServerDeps, id: string, upload: Readable, fileName: string): Promise<Spooled | Refusal> {
  const hash = createHash('sha256')
  const reply: SpoolReply = await spoolUpload(house.config.data_dir, id, Readable.from(hashed(upload, hash)))
  if (!reply.ok) {
    upload.resume()
    return refuse('too-large', reply.refusal)
  }
  const { file_path, file_size_bytes } = reply
  return { file_path, file_size_bytes, hash: hash.digest('hex'), file_name: fileName.slice(0, 300) }
}

async function* hashed(upload: Readable, hash: ReturnType<typeof createHash>): AsyncGenerator<Buffer> {
  for await (const chunk of upload) {
    hash.update(chunk as Buffer)
    yield chunk as Buffer
  }
}

function readFields<Read>(
  fields: Record<string, string>,
  readRequest: (fields: Record<string, string>) => Read | Refusal,
): Read | Refusal {
  const fault = findHostileValue(fields)
  return fault ? refuseValues([fault]) : readRequest(fields)
}
