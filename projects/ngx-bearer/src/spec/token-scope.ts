import { createSpecificity, type ScopeOptions } from '../request/token-scope';

/** Whether any rule covers a URL, whichever it is. */
export function createTokenScope(options: ScopeOptions): (url: string) => boolean {
  const specificity = createSpecificity(options);
  return (url) => specificity(url) > 0;
}
