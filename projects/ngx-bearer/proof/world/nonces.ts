import { HttpErrorResponse, HttpHeaders, type HttpRequest } from '@angular/common/http';
import type { Setting } from '../program/setting.ts';
import type { Attempt } from './facts.ts';
import { type FakeProof, proofOf } from './fake-proofs.ts';
import type { World } from './world.ts';

/** A request as it came with a proof, whether it is let in or not. */
export interface Proved {
  /** Null for the token endpoint. */
  readonly attempt: Attempt | null;
  readonly proof: FakeProof;
  readonly request: HttpRequest<unknown>;
}

/** A request that came with a proof of another nonce. */
export interface Asked extends Proved {
  /** How many sendings of the request had been let in then. */
  readonly sendings: number;
  readonly answer: HttpErrorResponse;
}

/** What the servers of a program want in proofs, and what they have seen of them. */
export class Nonces {
  current = 'n1';
  readonly proofs: Proved[] = [];
  readonly asked: Asked[] = [];
}

/** A key needs a page that keeps its session in memory: the one tab has no database. A cookie has a key of its own. */
export function usesProofs({ proof, storage, strategy, start }: Setting): boolean {
  return proof === 'nonces' && storage === 'memory' && strategy !== 'cookie' && start !== 'stored';
}

/** What a server answers at once that wants another nonce (RFC 9449 sections 8 and 9); null if it goes on. */
export function askForNonce(
  request: HttpRequest<unknown>,
  attempt: Attempt | null,
  world: World,
): HttpErrorResponse | null {
  const proof = proofOf(request);
  if (!proof) return null;
  const proved = { attempt, proof, request };
  const { nonces } = world;
  nonces.proofs.push(proved);
  world.see('proved', proved);
  if (proof.nonce === nonces.current) return null;
  const headers = new HttpHeaders({
    'DPoP-Nonce': nonces.current,
    'WWW-Authenticate': 'DPoP error="use_dpop_nonce"',
  });
  const url = request.urlWithParams;
  const answer = attempt
    ? new HttpErrorResponse({ status: 401, headers, url })
    : new HttpErrorResponse({ status: 400, headers, url, error: { error: 'use_dpop_nonce' } });
  world.note(
    () => `       ← ${attempt ? `call ${attempt.call.serial}` : 'the refresh'} is asked for a nonce`,
  );
  nonces.asked.push({ ...proved, sendings: attempt?.sendings.length ?? 0, answer });
  return answer;
}
