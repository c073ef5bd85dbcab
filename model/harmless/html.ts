import { visibleLines } from "./visible.ts";

/** Text from outside as text of an HTML page, or as the value of an attribute in quotes. */
export function html(text: string): string {
  return visibleLines(text).replaceAll(/[&<>"'`]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
