import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** What the server writes a fresh nonce in place of, each time it sends the page. */
const nonce = '__outdial_nonce__'

/** sonner writes its styles into the page, which the page's policy forbids; they come with ours instead. */
const quietSonner: Plugin = {
  name: 'sonner-without-style-tag',
  enforce: 'pre',
  transform(code, id) {
    if (!/sonner\/dist\/index\.m?js/.test(id)) return null
    const quiet = code.replace(/^__insertCSS\(.*\);?$/m, '')
    if (quiet === code) throw new Error('sonner no longer writes its styles as it did: look how it does now')
    return quiet
  },
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [quietSonner, react(), tailwindcss()],
  html: { cspNonce: nonce },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Old files stay with pages that are still open elsewhere; where a chunk is gone, the page offers to begin anew.
    sourcemap: false,
    target: 'es2023',
    // All icons in one file: each in its own would be sixty more to ask for before the first page is there.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'icons', test: /node_modules[\\/]lucide-react/ }] } },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3000', '/sign-in': 'http://127.0.0.1:3000' } },
})
