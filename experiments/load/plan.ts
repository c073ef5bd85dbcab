/** One of the requests that a load sends in turn. */
export interface LoadRequest {
  readonly method: string;
  readonly path: string;
  readonly body: object | null;
  /** Statuses that answer it. */
  readonly answers: readonly number[];
  /** Whether 503 with Retry-After answers it too: turning users away for a moment is what was promised. */
  readonly mayRefuse: boolean;
  /** Field that names what was made; null for reads. */
  readonly key: string | null;
}

/** A load: what is sent, how often, and when a request counts as lost. */
export interface LoadPlan {
  readonly entry: string;
  readonly perSecond: number;
  readonly requests: readonly LoadRequest[];
  readonly timeoutMs: number;
  /** How many of a hundred requests open a connection of their own; the others keep theirs. */
  readonly closingPercent: number;
  /** It ends by itself after so long, whatever becomes of who began it. */
  readonly mostSeconds: number;
}

/** What the generator knows about itself. */
export interface GeneratorState {
  /** When it began, in ms since 1970: the zero of the clock of its rows. */
  readonly beganAt: number;
  /** Requests that the plan has called for until now. */
  readonly due: number;
  readonly sent: number;
  /** Seconds of processor time that its thread used. */
  readonly cpuSeconds: number;
  readonly elapsedSeconds: number;
}
