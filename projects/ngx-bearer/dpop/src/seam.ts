import type { ɵopenDatabase, ɵRequestProof } from 'ngx-bearer';

type Connect = ɵRequestProof['connect'];

export type Session = Parameters<Connect>[0];
export type AuthSettings = Parameters<Connect>[1];
export type Prover = ReturnType<Connect>;
export type Database = NonNullable<ReturnType<typeof ɵopenDatabase>>;
