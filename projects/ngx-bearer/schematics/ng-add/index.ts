import type { Rule } from '@angular-devkit/schematics';
import {
  COOKIES_ONLY,
  type Found,
  type MigrateOptions,
  replace,
  replacesAny,
  runsClasses,
  type Say,
} from '../migrate/index';
import { assumptions, readSetup, type SetupOptions } from '../setup/options';
import { planSetup } from '../setup/plan';
import type { Setup } from '../setup/setup';
import { linesToAdd } from '../setup/setup-code';
import { findApp, findProject } from '../source/find-app';
import { plain } from '../source/text';
import { readProject } from '../source/project';
import { describeSurvey } from '../survey/print';
import { takeSurvey } from '../survey/survey';
import { askFields } from './ask-fields';

const NEXT = `Next: after a login, give its answer to the session. This is a whole file:

import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { AuthSession, skipAuth } from 'ngx-bearer';
import { tap } from 'rxjs';

@Injectable({ providedIn: 'root' })
export class SignIn {
  private readonly http = inject(HttpClient);
  private readonly session = inject(AuthSession);

  signIn(form: { email: string; password: string }) {
    // skipAuth() keeps a wrong password from starting a refresh.
    return this.http
      .post('LOGIN', form, { context: skipAuth() })
      .pipe(tap((tokens) => this.session.signIn(tokens)));
  }

  signOut(): void {
    this.session.signOut();
  }
}`;

/** `ng add ngx-bearer`: registers the interceptor and provides the session. Run again, it changes nothing. */
export function ngAdd(given: SetupOptions): Rule {
  return async (tree, { logger }) => {
    const name = await findProject(tree, given.project);
    const options = await askFields(given);
    const setup = readSetup(options, name);
    const app = await findApp(tree, name);
    const project = await readProject(tree, name);
    const found = { tree, project, app, survey: takeSurvey(project) };
    const say = (text: string) => {
      if (text) logger.info(`${text.trimEnd()}\n`);
    };
    say(describeSurvey(found.survey));
    // Beside what attaches a token already, ngx-bearer would do nothing.
    const { isCookieOnly, otherGates, own } = found.survey;
    const isHandled = replacesAny(found.survey) || (own.length === 0 && otherGates.length > 0);
    if (isCookieOnly) say(`${COOKIES_ONLY} Nothing is changed.`);
    else if (isHandled) await replace(found, fromCode(options), say);
    else add(found, { setup, assumed: assumptions(options, setup) }, say);
  };
}

/** The code answers the three questions. If it leaves one open, nothing is written: the answer is for `migrate`. */
function fromCode(options: SetupOptions): MigrateOptions {
  const answeredByCode = ['api', 'storage', ...(options.refreshUrl === undefined ? ['refresh'] : [])];
  const rest = Object.entries(options).filter(([name]) => !answeredByCode.includes(name));
  return { ...Object.fromEntries(rest), write: true };
}

interface Wanted {
  readonly setup: Setup;
  readonly assumed: readonly string[];
}

/** In an application in which nothing handles tokens yet. */
function add(found: Found, { setup, assumed }: Wanted, say: Say): void {
  const { tree, project, app } = found;
  const plan = planSetup({ tree, app, project }, setup);
  if (plan.kind === 'unusual') {
    say(`${plan.path} is left alone: ${plan.reason}. Add these lines by hand:`);
    say(linesToAdd(setup, runsClasses(found), String));
  } else if (plan.edits.isEmpty) {
    say(
      `${app.kind === 'unusual' ? app.path : app.source.fileName.slice(1)} is set up already; nothing is changed.`,
    );
    return;
  } else {
    plan.edits.apply(tree);
    for (const each of assumed) say(`Assumed: ${each}.`);
  }
  say(NEXT.replace('LOGIN', `${(plain(setup.allow[0]) ?? '').replace(/\/$/, '')}/login`));
}
