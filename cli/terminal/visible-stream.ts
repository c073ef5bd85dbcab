import { StringDecoder } from "node:string_decoder";
import { Transform } from "node:stream";
import { visibleLines } from "../../model/harmless/visible.ts";

/** So much of a line is waited for. */
const LONGEST = 16_384;

/** What a program prints, line by line, as text that a terminal shows and does not obey. */
export function visibleStream(): Transform {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  return new Transform({
    decodeStrings: true,
    transform(chunk: Buffer, _encoding, done) {
      rest += decoder.write(chunk);
      const end = rest.length > LONGEST ? rest.length : rest.lastIndexOf("\n") + 1;
      const lines = rest.slice(0, end);
      rest = rest.slice(end);
      done(null, visibleLines(lines, Infinity));
    },
    flush(done) {
      done(null, visibleLines(rest + decoder.end(), Infinity));
    },
  });
}
