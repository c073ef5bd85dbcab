import { visible } from "../../../model/harmless/visible.ts";
import { type Note, placeText } from "../reading/place.ts";

const LONGEST = 240;

/** One line that stays a comment, whatever stands in it. */
export function comment(text: string): string {
  return visible(text, LONGEST);
}

/** Something that is not carried over, with its place. */
export function noteText({ at, text }: Note): string {
  return comment(`${placeText(at)}: ${text}`);
}
