/** IPv4 blocks as numbers: enough to cut subnets and to see overlaps. */
export interface Block {
  readonly start: number;
  readonly bits: number;
}

/** Parses "10.0.0.0/16"; null when it is no block or has host bits set. */
export function parseBlock(text: string): Block | null {
  const match = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\/(0|[1-9]\d?)$/.exec(text);
  if (!match) return null;
  const [a = 256, b = 256, c = 256, d = 256, bits = 33] = match.slice(1).map(Number);
  if ([a, b, c, d].some((part) => part > 255) || bits > 32) return null;
  const start = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
  return start % size(bits) === 0 ? { start, bits } : null;
}

/** The `index`-th block of the given size inside a block. */
export function subnet({ start, bits }: Block, newBits: number, index: number): string {
  if (newBits < bits || index >= 2 ** (newBits - bits))
    throw new Error(`/${bits} holds no /${newBits} number ${index}`);
  return format({ start: start + index * size(newBits), bits: newBits });
}

/** Whether two blocks share an address. */
export function overlaps(one: Block, other: Block): boolean {
  return one.start < other.start + size(other.bits) && other.start < one.start + size(one.bits);
}

function size(bits: number): number {
  return 2 ** (32 - bits);
}

function format({ start, bits }: Block): string {
  return `${[24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256).join(".")}/${bits}`;
}
