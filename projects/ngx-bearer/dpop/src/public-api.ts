export { dpop } from './dpop';
export { dpopKey } from './dpop-key';

export type { DpopOptions } from './dpop';
