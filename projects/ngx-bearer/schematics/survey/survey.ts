import type ts from 'typescript';
import type { Project } from '../source/project';
import { mentionsOf } from '../source/symbols';
import { type Interceptor, readInterceptors, readOtherGates } from './interceptors';
import { type ReadJwt, readJwt } from './jwt-module';
import { type Library, readClients, readEnvironments, readLibraries, readOwn } from './libraries';
import { readRegistrations, type Registration } from './registrations';
import { readTokenUses, type TokenUse } from './storages';
import { type Calls, readCalls, type TokenCall } from './token-calls';

/** What the application does about tokens. */
export interface Survey extends Calls {
  readonly interceptors: readonly RegisteredInterceptor[];
  /** Functions that refresh on a 401, and are no interceptor. */
  readonly otherGates: readonly ts.Node[];
  readonly jwt: ReadJwt | undefined;
  readonly tokenUses: readonly TokenUse[];
  /** The first mention of `JwtHelperService`, which decodes tokens, in each file. */
  readonly decoders: readonly ts.Identifier[];
  readonly libraries: readonly Library[];
  /** The addresses in the environment files. */
  readonly environments: readonly ts.StringLiteralLike[];
  /** Where `HttpClient` is provided. */
  readonly clients: readonly ts.Node[];
  /** Where ngx-bearer is set up. */
  readonly own: readonly ts.CallExpression[];
  /** The session is in cookies alone: no code reads or attaches a token. */
  readonly isCookieOnly: boolean;
}

export interface RegisteredInterceptor extends Interceptor {
  readonly registrations: readonly Registration[];
}

export function takeSurvey(project: Project): Survey {
  const registrations = readRegistrations(project).filter(({ node }) =>
    project.reached.has(node.getSourceFile()),
  );
  const interceptors = readInterceptors(project).map((interceptor) => ({
    ...interceptor,
    registrations: registrations.filter(({ target }) => target === interceptor.node),
  }));
  const calls = readCalls(project, interceptors);
  const tokenUses = readTokenUses(project);
  const jwt = readJwt(project);
  return {
    ...calls,
    interceptors,
    otherGates: readOtherGates(project, interceptors),
    jwt,
    tokenUses,
    decoders: project.sources.flatMap((source) => mentionsOf('JwtHelperService', source).slice(0, 1)),
    libraries: readLibraries(project),
    environments: readEnvironments(project),
    clients: readClients(project),
    own: readOwn(project),
    isCookieOnly: isCookieOnly(interceptors, calls, tokenUses.length > 0 || jwt !== undefined),
  };
}

function isCookieOnly(
  interceptors: readonly Interceptor[],
  { tokenCalls }: Calls,
  keepsTokens: boolean,
): boolean {
  const gates = interceptors.filter(({ isGate }) => isGate);
  const refreshes = tokenCalls.filter(({ kind }) => kind === 'refresh');
  const attaches = interceptors.some(({ header }) => header !== undefined);
  const sendsAll = interceptors.some(({ sendsCredentials }) => sendsCredentials);
  const isBare = ({ parts, answer }: TokenCall) =>
    answer === undefined && parts.body.kind === 'none' && (sendsAll || parts.sendsCredentials);
  return gates.length > 0 && !attaches && !keepsTokens && refreshes.length > 0 && refreshes.every(isBare);
}
