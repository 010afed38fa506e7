import type { Rule, Tree } from '@angular-devkit/schematics';
import { type Plan, planSetup } from '../setup/plan';
import type { Setup, SetupOptions } from '../setup/setup';
import { applyEdits, readSource } from '../source/edits';
import { type App, findApp, findProject, sourcePaths } from '../source/find-app';
import { propose } from './propose';
import { describeEquivalent, describeFound, describeMissing, describeUntranslated } from './report';
import { type Survey, takeSurvey } from './survey';
import { unregisterGate, unregisterJwt } from './unregister';

export interface MigrateOptions extends SetupOptions {
  readonly write?: boolean;
}

/** `ng generate ngx-bearer:migrate`: shows what takes the place of a pasted gate or of angular-jwt, and writes it if told. */
export function migrate(options: MigrateOptions): Rule {
  return async (tree, { logger }) => {
    const project = await findProject(tree, options.project);
    const survey = takeSurvey((await sourcePaths(tree, project)).map((path) => readSource(tree, path)));
    if (survey.gates.length === 0 && !survey.jwt) {
      logger.info('No pasted gate and no @auth0/angular-jwt was found; nothing is changed.');
      return;
    }
    const app = await findApp(tree, project);
    const proposal = propose(survey, options, project);
    logger.info(describeFound(survey));
    const { setup } = proposal;
    if (setup) logger.info(describeEquivalent(setup, app.kind === 'module' ? 'module' : 'standalone'));
    else logger.warn(describeMissing(proposal));
    logger.warn(describeUntranslated(survey, proposal));
    if (!setup || !options.write) {
      logger.info(setup ? 'Nothing is changed. With --write it is.' : 'Nothing is changed.');
      return;
    }
    const refusal = await write({ tree, project, app }, survey, setup);
    if (refusal === undefined)
      logger.info('Written. No file was deleted: the gate’s own is yours to read once more.');
    else logger.warn(`Nothing is changed: ${refusal}`);
  };
}

interface Place {
  readonly tree: Tree;
  readonly project: string;
  readonly app: App;
}

/** All of it or nothing: half a migration would refresh twice. */
async function write(
  { tree, project, app }: Place,
  survey: Survey,
  setup: Setup,
): Promise<string | undefined> {
  if (app.kind === 'unusual') return `${app.path}: ${app.reason}.`;
  const path = app.source.fileName;
  const draft = tree.branch();
  const left = survey.gates.filter((gate) => !unregisterGate(draft, path, gate)).map(({ name }) => name);
  if (survey.jwt && !unregisterJwt(draft, path)) left.push('JwtModule.forRoot');
  if (left.length > 0)
    return `${left.join(' and ')} cannot be found where ${path} registers its interceptors.`;
  const plan: Plan = planSetup(draft, await findApp(draft, project), setup);
  if (plan.kind === 'unusual') return `${plan.path}: ${plan.reason}.`;
  applyEdits(draft, plan.source, plan.edits);
  tree.merge(draft);
  return undefined;
}
