import { type AuthConfig, localTokenStorage, sessionTokenStorage } from 'ngx-bearer';

/** Where the page of a test keeps its tokens, as its address says it. */
export type StorageName = 'memory' | 'session' | 'local';

/** The option `storage` of that page: none for memory. */
export function storageOption(name: StorageName): Pick<AuthConfig, 'storage'> {
  switch (name) {
    case 'memory':
      return {};
    case 'session':
      return { storage: sessionTokenStorage() };
    case 'local':
      return { storage: localTokenStorage() };
  }
}
