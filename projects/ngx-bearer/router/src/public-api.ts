export { authGuard } from './auth-guard';

export type { AuthGuardOptions } from './auth-guard';
