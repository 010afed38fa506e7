/** One call as the server saw it. Tokens are never part of it. */
export interface LogEntry {
  /** Epoch milliseconds of its arrival. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** `null` until it is answered; 499 when the caller left before that. */
  status: number | null;
  subject?: string;
  /** The version of the token that was presented. */
  version?: number;
  /** The caller's own name for the call, so that a test can tell a replay from another call. */
  callId?: string;
}

const REMEMBERED_ENTRIES = 1000;
// A UUID fits; our shortest token does not.
const LONGEST_PLAIN_TEXT = 40;

/** The last calls, in order of arrival. */
export class TrafficLog {
  #entries: LogEntry[] = [];

  open(at: number, method: string, url: string): LogEntry {
    const entry: LogEntry = { at, method, path: plainPath(url), status: null };
    this.#entries.push(entry);
    if (this.#entries.length > REMEMBERED_ENTRIES) {
      this.#entries.shift();
    }
    return entry;
  }

  answered(): readonly LogEntry[] {
    return this.#entries.filter((entry) => entry.status !== null);
  }

  clear(): void {
    this.#entries = [];
  }
}

/** A call id as the caller gave it, unless it is no short text and might be a token. */
export function readCallId(source: unknown): string | undefined {
  const callId =
    typeof source === 'object' && source !== null && 'callId' in source ? source.callId : undefined;
  return typeof callId === 'string' && callId.length <= LONGEST_PLAIN_TEXT ? callId : undefined;
}

function plainPath(url: string): string {
  const path = url.split('?')[0] ?? '/';
  return path.replaceAll(/[^/]+/g, (segment) => (segment.length > LONGEST_PLAIN_TEXT ? '…' : segment));
}
