export { provideAuthTesting } from './provide-auth-testing';
export { AuthTestingController } from './auth-testing-controller';

export type { AuthTestingOptions } from './provide-auth-testing';
export type { TestRefresh } from './test-refresh';
