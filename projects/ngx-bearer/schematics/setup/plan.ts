import type { Tree } from '@angular-devkit/schematics';
import ts from 'typescript';
import { appendProperty } from '../source/edits';
import type { App, Literal } from '../source/find-app';
import type { Project } from '../source/project';
import { declarationOf } from '../source/symbols';
import { findAll } from '../source/walk';
import { readOwn } from '../survey/libraries';
import { Edits } from './edits-by-file';
import { planClient } from './http-client';
import type { Setup } from './setup';
import { clientCode, provideAuthCode } from './setup-code';

/** What is to be done to an application. No edits: it is set up. */
export type Plan =
  | { readonly kind: 'edit'; readonly edits: Edits }
  | { readonly kind: 'unusual'; readonly path: string; readonly reason: string };

interface Place {
  readonly tree: Tree;
  readonly app: App;
  readonly project: Project;
}

/** Decides what is written where; nothing is written yet. */
export function planSetup({ tree, app, project }: Place, setup: Setup): Plan {
  const edits = new Edits();
  if (app.kind === 'unusual') return app;
  const config = literalIn(project, app.source.fileName, app.config.getStart());
  const unusual = (reason: string): Plan => ({ kind: 'unusual', path: app.source.fileName.slice(1), reason });
  if (!config) return unusual('it is no part of the project');
  const refusal = refuse(config, project);
  if (refusal) return unusual(refusal);
  const elements = listOf(config, 'providers')?.elements ?? [];
  const client = planClient({ elements, packages: packagesOf(tree), project }, edits);
  if (client.kind === 'unusual') return unusual(client.reason);
  const imports = edits.importsOf(config.getSourceFile());
  const use = imports.use.bind(imports);
  const runsClasses = app.kind === 'module' || (client.kind === 'add' && client.runsClasses);
  append(config, edits, [
    ...(client.kind === 'add' ? [clientCode(runsClasses, use)] : []),
    ...(readOwn(project).length > 0 ? [] : [provideAuthCode(setup, use)]),
  ]);
  return { kind: 'edit', edits };
}

function literalIn({ sources }: Project, path: string, start: number): Literal | undefined {
  const source = sources.find(({ fileName }) => fileName === path);
  return source && findAll(source, ts.isObjectLiteralExpression).find((each) => each.getStart() === start);
}

function append(config: Literal, edits: Edits, added: string[]): void {
  if (added.length === 0) return;
  const list = listOf(config, 'providers');
  if (list) edits.append(list, added);
  else edits.add(config, [appendProperty(config, 'providers', added)]);
}

function refuse(config: Literal, project: Project): string | undefined {
  if (config.properties.some(ts.isSpreadAssignment)) return 'its configuration spreads another object';
  const property = config.properties.find((each) => each.name?.getText() === 'providers');
  const list = listOf(config, 'providers');
  if (property && !list) return 'its providers are no plain list';
  const hidden = ['imports', 'providers'].find((name) =>
    listOf(config, name)?.elements.some(
      (each) => ts.isSpreadElement(each) && !isOwn(declarationOf(each.expression, project)),
    ),
  );
  return hidden === undefined ? undefined : `its ${hidden} spread an array that is not in its code`;
}

function isOwn(declared: ts.Declaration | undefined): boolean {
  return declared !== undefined && !ts.isImportSpecifier(declared);
}

/** The list a property holds, where it is written down there. */
function listOf(config: Literal, name: string): ts.ArrayLiteralExpression | undefined {
  const found = config.properties.find((each) => each.name?.getText() === name);
  if (!found || !ts.isPropertyAssignment(found)) return undefined;
  return ts.isArrayLiteralExpression(found.initializer) ? found.initializer : undefined;
}

function packagesOf(tree: Tree): ReadonlySet<string> {
  const { dependencies = {}, devDependencies = {} } = tree.readJson('/package.json') as Partial<
    Record<'dependencies' | 'devDependencies', Readonly<Record<string, string>>>
  >;
  return new Set(Object.keys({ ...dependencies, ...devDependencies }));
}
