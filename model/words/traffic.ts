/** What users ask of a system, for experiments whose load looks like theirs: `systems/<name>/traffic.ts`. */
export interface Traffic {
  /** Paths that are read again and again, in turn. Without this file: every public path that takes GET and no parameter. */
  readonly reads: readonly string[];
  /** A request that makes something which must never be lost; null where the system takes none. */
  readonly write: WriteRequest | null;
  /** Where what was written has to be found afterwards, exactly once. */
  readonly effects: readonly Effect[];
}

/** One request that the system must not forget once it has answered. */
export interface WriteRequest {
  readonly method: "POST" | "PUT";
  readonly path: string;
  readonly body: object;
  /** The status with which it is acknowledged. */
  readonly acknowledged: number;
  /** Field of the answer that names what was made. */
  readonly key: string;
}

/** What an acknowledged write leaves in one service. */
export interface Effect {
  readonly service: string;
  /** Where it is read through the entry; `{key}` stands for what the answer named. A page counts its `items`, anything else is one. */
  readonly path: string;
  /** Whether the service hears of it by an event, some time later. */
  readonly later: boolean;
}
