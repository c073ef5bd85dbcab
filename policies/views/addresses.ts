/** Ranges of addresses, as security groups and network policies write them. */

/** True when ranges together hold half of all addresses or more: `0.0.0.0/1` and `128.0.0.0/1` are everywhere too. */
export function holdEverybody(ranges: readonly (string | undefined)[]): boolean {
  const known = ranges.map((range) => parsed(range ?? "")).filter((range) => range !== undefined);
  return [32, 128].some((bits) => {
    const ours = known.filter((range) => range.bits === bits).sort((a, b) => (a.from < b.from ? -1 : 1));
    let [covered, end] = [0n, -1n];
    for (const { from, to } of ours) {
      const start = from > end ? from : end + 1n;
      if (to < start) continue;
      covered += to - start + 1n;
      end = to;
    }
    return covered >= 1n << BigInt(bits - 1);
  });
}

interface Range {
  readonly bits: number;
  readonly from: bigint;
  readonly to: bigint;
}

function parsed(range: string): Range | undefined {
  const [address = "", length] = range.split("/");
  const bits = address.includes(":") ? 128 : 32;
  const value = bits === 32 ? version4(address) : version6(address);
  if (value === undefined) return undefined;
  const size = 1n << BigInt(Math.max(0, bits - Number(length ?? bits)));
  const from = (value / size) * size;
  return { bits, from, to: from + size - 1n };
}

function version4(address: string): bigint | undefined {
  const parts = address.split(".").map(Number);
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function version6(address: string): bigint | undefined {
  const [head = "", tail] = address.split("::");
  const words = (text: string): string[] => (text === "" ? [] : text.split(":"));
  const [before, after] = [words(head), words(tail ?? "")];
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill("0");
  const all = [...before, ...zeros, ...after];
  if (all.length !== 8 || all.some((word) => !/^[0-9a-f]{1,4}$/i.test(word))) return undefined;
  return all.reduce((sum, word) => sum * 65_536n + BigInt(`0x${word}`), 0n);
}
