import type { Rule } from '@angular-devkit/schematics';
import { planSetup } from '../setup/plan';
import { assumptions, readSetup, type SetupOptions } from '../setup/setup';
import { linesToAdd } from '../setup/setup-code';
import { applyEdits } from '../source/edits';
import { findApp, findProject } from '../source/find-app';

const NEXT = `Next: after a login, give its answer to the session. skipAuth() keeps a wrong password from starting a refresh.
  import { AuthSession, skipAuth } from 'ngx-bearer';

  readonly #session = inject(AuthSession);
  this.http.post('/login', form, { context: skipAuth() }).subscribe((tokens) => this.#session.signIn(tokens));`;

/** `ng add ngx-bearer`: registers the interceptor and provides the session. Run again, it changes nothing. */
export function ngAdd(options: SetupOptions): Rule {
  return async (tree, { logger }) => {
    const project = await findProject(tree, options.project);
    const setup = readSetup(options, project);
    const app = await findApp(tree, project);
    const plan = planSetup(tree, app, setup);
    if (plan.kind === 'unusual') {
      logger.warn(`${plan.path} is left alone: ${plan.reason}. Add these lines by hand:\n`);
      logger.info(`${linesToAdd(setup, app.kind === 'module' ? 'module' : 'standalone')}\n`);
    } else if (plan.edits.length === 0) {
      logger.info(`${plan.source.fileName} is set up already; nothing is changed.`);
      return;
    } else {
      applyEdits(tree, plan.source, plan.edits);
      if (app.kind === 'module' && plan.source.text.includes('HTTP_INTERCEPTORS')) {
        logger.warn(
          'Interceptors in the providers of the root module run after that of ngx-bearer, which cannot judge URLs' +
            ' that they change. Provide those that change URLs in an imported module.',
        );
      }
      for (const assumed of assumptions(options, setup)) logger.info(`Assumed: ${assumed}.`);
    }
    logger.info(NEXT);
  };
}
