import type { SystemPlan } from "../model/plan.ts";

/** Who hears of alerts, and over which ways. Settings of a stack; secrets are files in the pod, never values here. */
export interface Contacts {
  /** Mail address of every team that owns something; `platform` gets what concerns the cluster. */
  readonly teams: Readonly<Record<string, string>>;
  readonly mail: {
    /** Host and port, such as "email-smtp.eu-central-1.amazonaws.com:587". */
    readonly server: string;
    readonly from: string;
    readonly user: string;
    /** File in the Alertmanager pod, from a mounted Secret. */
    readonly passwordFile: string;
    /** False only where the server makes its own certificate, as the mail sink on dev does. TLS is required all the same. */
    readonly knownCertificate: boolean;
  };
  /** Address outside the cluster that must hear the heartbeat. It may contain a key: the whole configuration lives in a Secret. */
  readonly heartbeat: string;
  /** Further ways for pages. */
  readonly pagers: readonly Pager[];
}

/** A chat room or a pager; the key is a file in the Alertmanager pod. */
export type Pager =
  | { readonly kind: "slack"; readonly channel: string; readonly urlFile: string }
  | { readonly kind: "pagerduty"; readonly keyFile: string };

/** A host and its port. */
export interface Destination {
  readonly host: string;
  readonly port: number;
}

/** Chats and pagers are asked over HTTPS; their hosts stand in secrets. */
const PAGER: Destination = { host: "a pager", port: 443 };

/** Where alerts and heartbeat are sent. Hosts of chats and pagers are not known here, their port is. */
export function destinations({ mail, heartbeat, pagers }: Contacts): Destination[] {
  const [host = "", port = ""] = mail.server.split(":");
  const beat = new URL(heartbeat);
  return [
    { host, port: Number(port) },
    { host: beat.hostname, port: Number(beat.port || (beat.protocol === "https:" ? 443 : 80)) },
    ...(pagers.length > 0 ? [PAGER] : []),
  ];
}

/** What keeps alerts from reaching people, one sentence each; empty when every alert has somebody. */
export function unreachableTeams(plans: readonly SystemPlan[], contacts: Contacts): string[] {
  const owners = [...new Set([...plans.map(({ owner }) => owner), "platform"])];
  const missing = owners
    .filter((owner) => !contacts.teams[owner])
    .map(
      (owner) =>
        `Nobody hears the alerts of team "${owner}": no mail address. Give it one where the contacts of the stage are made, in stacks/.`,
    );
  const wrong = Object.entries({ ...contacts.teams, from: contacts.mail.from })
    .filter(([, address]) => !ADDRESS.test(address))
    .map(
      ([who, address]) =>
        `The mail address of "${who}" is "${address}"; wanted a bare address such as team@example.org.`,
    );
  const server = /^[\w.-]+:\d+$/.test(contacts.mail.server)
    ? []
    : [`The mail server is "${contacts.mail.server}"; wanted host:port, such as smtp.example.org:587.`];
  return [...missing, ...wrong, ...server];
}

/** Alertmanager refuses display names in the sender, silently at first: bare addresses only. */
const ADDRESS = /^[^\s<>@]+@[^\s<>@]+$/;
