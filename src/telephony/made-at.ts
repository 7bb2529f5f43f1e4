/** When an id of ours (UUIDv7) was made; epoch ms. */
export const madeAt = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
