import type { Proved } from '../world/nonces.ts';
import type { World } from '../world/world.ts';
import type { Finding, Invariant } from './judge.ts';

export const proofs: Invariant = {
  id: 'I32',
  says: 'each sending has a proof of its own, for its URL and token; a nonce is answered once, with it',
  at: {
    proved: (proved, world) => judgeProof(proved) ?? judgeNonce(proved, world),
    quiet: (_, { nonces: { proofs: seen } }) => {
      if (seen.length === 0) return undefined;
      return new Set(seen.map(({ proof }) => proof.jti)).size === seen.length
        ? null
        : 'a proof is sent twice';
    },
  },
};

function judgeProof({ proof, request }: Proved): Finding {
  const { origin, pathname } = new URL(request.urlWithParams, 'https://app.example.com');
  if (proof.htm !== request.method || proof.htu !== origin + pathname) return 'a proof of another request';
  const token = /^DPoP (.+)$/.exec(request.headers.get('Authorization') ?? '')?.[1];
  return proof.token === token ? null : 'a proof of another token';
}

/** After a server has asked for a nonce, the next sending has it, and the one after that comes only after a rejection. */
function judgeNonce({ attempt, proof }: Proved, { nonces: { asked } }: World): Finding {
  if (!attempt) return null;
  const before = asked.filter((each) => each.attempt === attempt);
  const allowed = 2 * (1 + attempt.sendings.length);
  if (before.length >= allowed) return `a nonce is asked for ${before.length} times, and the request goes on`;
  const last = before.at(-1);
  if (!last || last.sendings !== attempt.sendings.length) return null;
  return proof.nonce === last.proof.nonce ? 'the nonce that was asked for is not in the next proof' : null;
}
