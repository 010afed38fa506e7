import type ts from 'typescript';
import { mentions } from '../source/walk';
import { type Found, findInterceptors } from './find-interceptors';
import { type ReadJwt, readJwt } from './read-jwt';
import { type ReadRefresh, readRefreshes, readStorages } from './read-refresh';

/** What the application's own code does about tokens. */
export interface Survey {
  readonly gates: readonly Found[];
  readonly others: readonly Found[];
  readonly jwt: ReadJwt | undefined;
  readonly refreshes: readonly ReadRefresh[];
  readonly storages: ReturnType<typeof readStorages>;
  /** Files that decode tokens with `JwtHelperService`. */
  readonly decoders: readonly ts.SourceFile[];
}

export function takeSurvey(sources: readonly ts.SourceFile[]): Survey {
  const interceptors = sources.flatMap(findInterceptors);
  return {
    gates: interceptors.filter(({ kind }) => kind === 'gate'),
    others: interceptors.filter(({ kind }) => kind !== 'gate'),
    jwt: sources.map(readJwt).find((found) => found !== undefined),
    refreshes: readRefreshes(sources),
    storages: readStorages(sources),
    decoders: sources.filter((source) => mentions(source, 'JwtHelperService')),
  };
}
