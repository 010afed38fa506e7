import type ts from 'typescript';
import { firstLine, isWithin, placeOf } from '../source/walk';
import type { Project } from '../source/project';
import { isOfRoot } from '../survey/libraries';
import type { RegisteredInterceptor, Survey } from '../survey/survey';
import { otherRefreshes } from './other-refreshes';
import type { SignInPlan } from './sign-in';
import { replacedBy } from './unregister';

const NOBODY =
  'no login was found whose answer can be given to the session, so nobody would be signed in: call signIn() of AuthSession with it, and run this again';

/** Why nothing can be put in place of the interceptors without changing what the application sends. */
export function refusalsOf(survey: Survey, signIn: SignInPlan, project: Project): string[] {
  const { interceptors, otherGates, libraries } = survey;
  const replaced = replacedBy(survey);
  const isRegistered = interceptors.some(({ isGate, registrations }) => isGate && registrations.length > 0);
  return [
    ...replaced.flatMap(otherDuties),
    ...(isRegistered
      ? []
      : otherGates.map(
          (node) =>
            `${placeOf(node)} refreshes on a 401 and is no interceptor: have its callers use HttpClient`,
        )),
    ...libraries.map(({ name, place }) => `${name} handles tokens, too (${place})`),
    ...otherRefreshes(survey, project).map(
      (call) =>
        `${placeOf(call)} refreshes, too, and would spend the refresh token of the session: take that call out, and run this again`,
    ),
    ...(signIn.isSignedIn ? [] : [NOBODY]),
  ];
}

function otherDuties({
  name,
  node,
  otherHeaders,
  rewrite,
  sendsCredentials,
}: RegisteredInterceptor): string[] {
  const place = `${name} (${placeOf(node)})`;
  const advice = 'move that to an interceptor of its own, and run this again';
  return [
    ...(otherHeaders.length > 0 ? [`${place} also sets ${otherHeaders.join(', ')}: ${advice}`] : []),
    ...(rewrite ? [`${place} also changes URLs: ${advice}`] : []),
    ...(sendsCredentials
      ? [`${place} also sends cookies with every request: ${advice}, unless only the refresh needs them`]
      : []),
  ];
}

/** What the application does today and nobody does afterwards, for a person to look at. */
export function lossesOf(survey: Survey, project: Project): string[] {
  const { tokenUses, decoders, jwt } = survey;
  return [
    ...clientsOf(survey, project),
    ...replacedBy(survey).flatMap(describeReplaced),
    ...survey.interceptors.flatMap(describeKept),
    ...(jwt?.untranslated ?? []).map((each) => `${jwt?.place ?? ''}  ${each}`),
    ...decoders.map((node) => `${placeOf(node)}  JwtHelperService: AuthSession has claims() and expiresAt()`),
    ...readsOf(survey),
    ...survey.attachingCalls.map(
      (node) =>
        `${placeOf(node)}  attaches a token itself, and ngx-bearer leaves such a request alone: take the header out`,
    ),
    ...(tokenUses.some(({ does }) => does === 'writes')
      ? ['tokens stored so far are not read: users sign in once more']
      : []),
  ];
}

function clientsOf({ clients }: Survey, project: Project): string[] {
  return clients
    .filter((node) => !isOfRoot(node, project) && !/withRequestsMadeViaParent/.test(node.getText()))
    .map(
      (node) => `${placeOf(node)}  provides another HttpClient, which asks no interceptor of the application`,
    );
}

function describeReplaced({ name, reactions, optOuts }: RegisteredInterceptor): string[] {
  const says = (call: ts.CallExpression) => `${placeOf(call)}  ${name}`;
  const texts = [
    ...reactions.map(
      (call) => `${says(call)} calls ${firstLine(call)}: follow AuthSession.events, 'signed-out'`,
    ),
    ...optOuts.map(
      (call) =>
        `${says(call)} lets requests opt out by ${call.getText()}: send these with { context: skipAuth() }`,
    ),
  ];
  return [...new Set(texts)];
}

function describeKept({
  name,
  node,
  isGate,
  header,
  reactions,
  registrations,
}: RegisteredInterceptor): string[] {
  if (isGate || header || reactions.length === 0 || registrations.length === 0) return [];
  return [`${placeOf(node)}  ${name} stays, and sees a 401 only if no refresh has healed it`];
}

/** What else reads the stored tokens, such as a guard. */
function readsOf(survey: Survey): string[] {
  const reached = replacedBy(survey).flatMap(({ reach }) => reach);
  return survey.tokenUses
    .filter(({ does, node }) => does === 'reads' && !isWithin(node, reached))
    .map(
      ({ place, key }) =>
        `${place}  reads ${key}, which is no longer kept up to date: use signedIn(), claims() or accessToken() of AuthSession`,
    );
}
