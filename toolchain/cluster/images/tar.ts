/** A file, or a folder when there is no content; folders end with a slash. */
export interface TarEntry {
  readonly path: string;
  readonly mode: number;
  readonly content: Buffer | undefined;
}

const block = 512;

/** A POSIX tar archive owned by root and without times, so that equal input gives equal bytes. Paths up to 100 characters. */
export function tar(entries: readonly TarEntry[]): Buffer {
  const parts = entries.flatMap(({ path, mode, content }) => {
    const size = content?.length ?? 0;
    const padding = Buffer.alloc((block - (size % block)) % block);
    return [header(path, mode, size, content === undefined), content ?? Buffer.alloc(0), padding];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * block)]);
}

function header(path: string, mode: number, size: number, folder: boolean): Buffer {
  if (Buffer.byteLength(path) > 100) throw new Error(`tar: the path ${path} is longer than 100 bytes`);
  const bytes = Buffer.alloc(block);
  const octal = (value: number, offset: number, width: number) =>
    bytes.write(value.toString(8).padStart(width - 1, "0"), offset);
  bytes.write(path, 0);
  octal(mode, 100, 8);
  octal(0, 108, 8); // user
  octal(0, 116, 8); // group
  octal(size, 124, 12);
  octal(0, 136, 12); // time
  bytes.write("        ", 148); // the checksum counts its own field as blanks
  bytes.write(folder ? "5" : "0", 156);
  bytes.write("ustar\0" + "00", 257);
  octal(
    bytes.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  );
  bytes.writeUInt8(0, 154);
  return bytes;
}
