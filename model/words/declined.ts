/** A choice that matters for the SLA and is left out on purpose; the reason is shown in reports. */
export interface Declined {
  readonly declined: string;
}

/** True where a choice was left out on purpose. */
export function isDeclined(word: object): word is Declined {
  return "declined" in word;
}
