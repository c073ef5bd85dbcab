/** A value that the description must not know: asked or generated once on dev, read from AWS Secrets Manager on prod. */
export interface SecretValue {
  readonly secret: string;
  /** "generated" for what only the system's own parts must agree on, "asked" for what somebody else gave; default "generated". */
  readonly onDev?: "generated" | "asked";
}

/** What can be known of a neighbour, a store, a third party or the service itself. */
export type Fact =
  /** Where it is: name or address, port, "host:port", and with the scheme of its protocol. */
  | "host"
  | "port"
  | "address"
  | "url"
  /** Of a store: the database inside its server, who logs in, and both in the spelling of common drivers. */
  | "name"
  | "user"
  | "password"
  | "dsn"
  | "jdbc"
  /** Of a topic: the brokers' addresses, its name, the consumer group of this service. */
  | "brokers"
  | "topic"
  | "group"
  /** Of "self", where it consumes events and is not on the kit: their topics with commas between them, and how to sign in, "none" or "iam". */
  | "topics"
  | "auth"
  /** Of "self": the address of the public entry, what it is called, which one of the replicas, and where traces are sent. */
  | "publicUrl"
  | "system"
  | "service"
  | "stage"
  | "version"
  | "replica"
  | "namespace"
  | "traces";

/** One fact; `of` is a service, a store, "self", or "outside/<name>" for a third party of this service. */
export interface FactOf<O extends string = string> {
  readonly of: O;
  readonly fact: Fact;
}

/** Text around facts and secrets, in the spelling that the program wants. */
export interface Composed<O extends string = string> {
  readonly template: readonly string[];
  /** What stands between the pieces of the template, one less than they are. */
  readonly values: readonly (FactOf<O> | SecretValue)[];
}

/** What one variable of a program is set to. */
export type Value<O extends string = string> = string | number | boolean | SecretValue | FactOf<O> | Composed<O>;

/** A file laid into the container, read-only: text, a text file beside the description, or a secret. */
export type File = { readonly text: string } | { readonly from: string } | SecretValue;

/** A fact as a value: `fact("orders-db", "jdbc")`. */
export function fact<const O extends string>(of: O, name: Fact): FactOf<O> {
  return { of, fact: name };
}

/** A secret as a value: `secret("stripe-key", "asked")`. */
export function secret(name: string, onDev: "generated" | "asked" = "generated"): SecretValue {
  return { secret: name, onDev };
}

/** Facts and secrets in the middle of text: template`postgres://${fact("orders-db", "address")}/orders`. */
export function template<const O extends string = never>(
  text: TemplateStringsArray,
  ...values: readonly (FactOf<O> | SecretValue)[]
): Composed<O> {
  return { template: [...text], values };
}
