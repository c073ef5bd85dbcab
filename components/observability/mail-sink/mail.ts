/** One mail as it arrived. */
export interface Mail {
  readonly id: number;
  /** ISO time of arrival. */
  readonly at: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

/** What is kept of one mail, in characters; of what is longer the beginning is. */
const MOST = { subject: 1000, address: 320, recipients: 50, text: 65_536 } as const;

/** The same mail, as much of it as is kept. */
export function bounded({ id, at, from, to, subject, text }: Mail): Mail {
  return {
    id,
    at,
    from: from.slice(0, MOST.address),
    to: to.slice(0, MOST.recipients).map((address) => address.slice(0, MOST.address)),
    subject: subject.slice(0, MOST.subject),
    text: text.length <= MOST.text ? text : `${text.slice(0, MOST.text)}\n… (of ${text.length} characters)`,
  };
}

/** Characters that a mail takes. */
export function sizeOf({ from, to, subject, text }: Mail): number {
  return from.length + to.join().length + subject.length + text.length;
}
