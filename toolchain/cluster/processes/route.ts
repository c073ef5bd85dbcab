/** A port of 127.0.0.1 and the address it leads to. */
export interface Route {
  readonly port: number;
  readonly host: string;
  readonly target: number;
  /** Names besides those of this machine for which requests are carried; undefined where anything is carried, whatever it is. */
  readonly names: readonly string[] | undefined;
}

/** Reads `<port>=<host>:<port>`, or `http:<port>=<host>:<port>,<name>…` for requests to names of this machine and to those named. */
export function parseRoute(text: string): Route {
  const [, http, port, host = "", target, names = ""] =
    /^(http:)?(\d+)=([\d.]+):(\d+)((?:,[\w.-]+)*)$/.exec(text) ?? [];
  if (port === undefined) throw new Error(`forwarder: "${text}" is not <port>=<host>:<port>`);
  return {
    port: Number(port),
    host,
    target: Number(target),
    names: http === undefined ? undefined : names.split(",").slice(1),
  };
}
