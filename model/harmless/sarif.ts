import { visible } from "./visible.ts";

/** Text from outside in a message of SARIF, where `[words](place)` would be a link. */
export function sarifText(text: string): string {
  return visible(text).replaceAll("](", "] (");
}
