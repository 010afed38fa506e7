import type { SeededBug } from './bug.ts';

const INTERCEPTOR = 'auth-interceptor.ts';
const PROVER = '../dpop/src/dpop-prover.ts';

/** Mistakes about the time that a proof takes. */
export const proofs: readonly SeededBug[] = [
  {
    name: 'the gate is not asked again when the proof is made',
    breaks: ['I3', 'I4'],
    patches: [
      {
        file: INTERCEPTOR,
        find: 'switchMap((made) => this.#send(kept, made))',
        replace: 'switchMap((made) => (kept, made.handle(authorized)))',
      },
    ],
  },
  {
    name: 'a nonce is answered with the proof that was refused',
    breaks: ['I32'],
    patches: [
      {
        file: PROVER,
        find: 'this.#send(request, made, journey)',
        replace: '(made, this.#send(request, proof, journey))',
      },
    ],
  },
  {
    name: 'a nonce is answered after the session has ended',
    breaks: ['I3', 'I4'],
    patches: [
      {
        file: PROVER,
        find: 'this.#mayGoOn(journey) ? this.#send(request, made, journey) : ownAnswer',
        replace: 'this.#send(request, made, journey)',
      },
    ],
  },
  {
    name: 'a nonce that is asked for counts as a rejection',
    breaks: ['I16'],
    patches: [
      { file: 'request/token-rejection.ts', find: "  'use_dpop_nonce',\n", replace: '' },
      {
        file: PROVER,
        find: 'if (!reason || journey.tried.includes(reason)) return ownAnswer;',
        replace: 'if (reason !== null) return ownAnswer;',
      },
    ],
  },
];
