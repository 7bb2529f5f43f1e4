/** The page's nonce, for libraries that write styles of their own; imported before any of them. */
export {}

declare global {
  var __webpack_nonce__: string | undefined
}

globalThis.__webpack_nonce__ = document.querySelector<HTMLElement>('meta[property="csp-nonce"]')?.nonce
