/** Writes schema.d.ts from the committed openapi.json; `--check` fails when it no longer matches. */
import { readFileSync, writeFileSync } from 'node:fs'
import openapiTS, { astToString } from 'openapi-typescript'

const file = new URL('./schema.d.ts', import.meta.url)
const heading = '/** Generated from openapi.json by `npm run generate -w sdk`; not written by hand. */\n'
const types = heading + astToString(await openapiTS(new URL('../openapi.json', import.meta.url)))
if (!process.argv.includes('--check')) writeFileSync(file, types)
else if (readFileSync(file, 'utf8') !== types) {
  console.error('sdk/schema.d.ts is behind openapi.json; run: npm run generate -w sdk')
  process.exit(1)
}
