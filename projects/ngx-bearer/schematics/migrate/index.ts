import { MergeStrategy, type Rule, type Tree } from '@angular-devkit/schematics';
import { Edits } from '../setup/edits-by-file';
import type { SetupOptions } from '../setup/options';
import { planSetup } from '../setup/plan';
import { linesToAdd } from '../setup/setup-code';
import { type App, findApp, findProject } from '../source/find-app';
import { relativeTo } from '../source/imports';
import { type Project, readProject } from '../source/project';
import { describeSurvey, section } from '../survey/print';
import { type Survey, takeSurvey } from '../survey/survey';
import { lossesOf, refusalsOf } from './losses';
import { type Proposal, propose } from './propose';
import { planSignIn, type SignInPlan } from './sign-in';
import { replacedBy, unregister } from './unregister';

export interface MigrateOptions extends SetupOptions {
  readonly write?: boolean;
}

export type Say = (text: string) => void;

/** `ng generate ngx-bearer:migrate`: shows what the application does about tokens, and writes its equivalent with `--write`. */
export function migrate(options: MigrateOptions): Rule {
  return async (tree, { logger }) => {
    const name = await findProject(tree, options.project);
    const project = await readProject(tree, name);
    const survey = takeSurvey(project);
    const say = (text: string) => {
      if (text) logger.info(`${text.trimEnd()}\n`);
    };
    say(describeSurvey(survey));
    const end = endOf(survey);
    if (end === undefined)
      await replace({ tree, project, survey, app: await findApp(tree, name) }, options, say);
    else say(`${end} Nothing is changed.`);
  };
}

export interface Found {
  readonly tree: Tree;
  readonly project: Project;
  readonly survey: Survey;
  readonly app: App;
}

/** Whether anything is registered that attaches or refreshes tokens. */
export function replacesAny(survey: Survey): boolean {
  return replacedBy(survey).length > 0 || survey.jwt !== undefined;
}

export const COOKIES_ONLY =
  'The session is in cookies alone: no code reads or attaches a token. ngx-bearer is for tokens, and is not needed here.';

/** Whether there is nothing to replace, and why. */
export function endOf(survey: Survey): string | undefined {
  const { isCookieOnly, own, interceptors, otherGates } = survey;
  if (isCookieOnly) return COOKIES_ONLY;
  if (replacesAny(survey)) return undefined;
  if (own.length > 0) return 'ngx-bearer is set up already.';
  if (interceptors.some(({ isGate }) => isGate) || otherGates.length > 0) return undefined;
  return 'No gate, no interceptor that attaches a token and no @auth0/angular-jwt was found. `ng add ngx-bearer` sets it up.';
}

/** Prints the equivalent of what was found. Writes it with `--write`, if no question is open. */
export async function replace(found: Found, options: MigrateOptions, say: Say): Promise<void> {
  const { tree, project, survey } = found;
  const proposal = propose(survey, options, project);
  const edits = new Edits();
  const signIn = planSignIn(survey, project, edits);
  say(section('The equivalent', linesOf(proposal, found)));
  say(section('Assumed', proposal.assumed));
  const refusals = [...proposal.questions, ...refusalsOf(survey, signIn, project), ...notRegistered(survey)];
  const draft = tree.branch();
  const end: End =
    refusals.length > 0 ? { reasons: refusals } : await write({ ...found, tree: draft }, proposal, edits);
  const isWritten = 'paths' in end && options.write === true;
  if ('reasons' in end) say(section('In the way of writing it', end.reasons));
  say(section('For you to look at', [...describeSignIn(signIn, isWritten), ...lossesOf(survey, project)]));
  if (isWritten) tree.merge(draft, MergeStrategy.Overwrite);
  say(describeEnd(end, isWritten));
}

/** The files that change, or why none may. */
type End = { readonly paths: readonly string[] } | { readonly reasons: readonly string[] };

function describeEnd(end: End, isWritten: boolean): string {
  if ('reasons' in end) return 'Nothing is changed. Answers go to `ng generate ngx-bearer:migrate --write`.';
  if (!isWritten) return 'Nothing is changed. With --write it is.';
  return `Written: ${end.paths.join(', ')}. No file was deleted: what has been replaced is yours to read once more.`;
}

/** Whether the registered classes run, or may. */
export function runsClasses({ app, survey }: Found): boolean {
  const own = /withInterceptorsFromDi|HttpClientModule/;
  return app.kind === 'module' || survey.clients.some((node) => own.test(node.getText()));
}

function linesOf({ setup }: Proposal, found: Found): string[] {
  const { app } = found;
  const file = app.kind === 'unusual' ? app.path : app.source.fileName;
  const pathOf = (place: string) => (place.startsWith('/') ? relativeTo(file, place) : place);
  return linesToAdd(setup, runsClasses(found), pathOf).split('\n');
}

/** All of it or nothing: half of it would refresh twice. */
async function write({ tree, project, survey }: Found, { setup }: Proposal, edits: Edits): Promise<End> {
  const hidden = unregister(survey, edits);
  if (hidden !== undefined) return { reasons: [hidden] };
  edits.apply(tree);
  // What has been replaced is gone now, and its names are free.
  const rest = {
    tree,
    project: await readProject(tree, project.name),
    app: await findApp(tree, project.name),
  };
  const plan = planSetup(rest, setup);
  if (plan.kind === 'unusual') return { reasons: [`${plan.path}: ${plan.reason}`] };
  plan.edits.apply(tree);
  return { paths: [...new Set([...edits.paths, ...plan.edits.paths])] };
}

function notRegistered(survey: Survey): string[] {
  return replacesAny(survey) ? [] : ['what refreshes is registered nowhere that the application reaches'];
}

function describeSignIn({ written, left }: SignInPlan, isWritten: boolean): string[] {
  return [...(isWritten ? written : written.map((each) => `${each}, once it is written`)), ...left];
}
