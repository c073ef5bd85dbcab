import type { Declined } from "./declined.ts";

/** How callers speak: "http" and "grpc" are understood (routes, limits, figures), "tcp" is only let through. */
export type Protocol = "http" | "grpc" | "tcp";

/** One thing a program answers. */
export interface Answer {
  readonly protocol: Protocol;
  /** The program's own port. */
  readonly listens: number;
  /** The port its callers were written for; default the program's own. */
  readonly known?: number;
  /** Why its answers stay open (WebSocket, server push, streams): no route limit; who stops waits for them as long as `needs.stopsWithin` says. */
  readonly open?: string;
}

/** HTTP paths of the program's own that tell its health; both on `port`, by default that of its first HTTP answer. */
export interface HttpHealth {
  /** Answers 2xx when it can take work. */
  readonly ready: string;
  /** Answers 2xx as long as a restart would not help. */
  readonly alive: string;
  readonly port?: number;
  readonly headers?: { readonly [name in string]: string };
}

/** A command inside the container that ends with 0 when it is well. Needs the program in the image, and no shell. */
export interface CommandHealth {
  readonly command: readonly string[];
}

/** A TCP connection is all that one can ask of it; counted as a weakness. */
export interface ConnectHealth {
  readonly connects: string;
}

/** What programs of one kind answer by their own convention. */
export type HealthPreset = "kit" | "spring" | "aspnet" | "grpc";

/** How to know that it has started, can take work and is alive. */
export type Health = HealthPreset | HttpHealth | CommandHealth | ConnectHealth | Declined;
