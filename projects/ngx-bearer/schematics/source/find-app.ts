import { SchematicsException, type Tree } from '@angular-devkit/schematics';
import { readWorkspace } from '@schematics/angular/utility';
import { getAppModulePath, isStandaloneApp } from '@schematics/angular/utility/ng-ast-utils';
import { findAppConfig } from '@schematics/angular/utility/standalone/app_config';
import { findBootstrapApplicationCall, getMainFilePath } from '@schematics/angular/utility/standalone/util';
import { posix } from 'node:path';
import ts from 'typescript';
import { readSource } from './edits';
import { findAll } from './walk';

/** Where an application says what it is made of. */
export type App =
  | { readonly kind: 'standalone' | 'module'; readonly source: ts.SourceFile; readonly config: Literal }
  | { readonly kind: 'unusual'; readonly path: string; readonly reason: string };

export type Literal = ts.ObjectLiteralExpression;

/** The application's name: the one given, or the only one there is. */
export async function findProject(tree: Tree, given: string | undefined): Promise<string> {
  const { projects } = await readWorkspace(tree);
  const applications = [...projects].filter(([, { extensions }]) => extensions['projectType'] !== 'library');
  const names = applications.map(([name]) => name);
  if (given !== undefined && !names.includes(given)) {
    throw new SchematicsException(`There is no application "${given}". There is: ${names.join(', ')}.`);
  }
  const [first, ...others] = names;
  if (given === undefined && others.length > 0) {
    throw new SchematicsException(`Say which application: --project=${names.join(' or --project=')}.`);
  }
  const name = given ?? first;
  if (name === undefined) throw new SchematicsException('This workspace has no application.');
  return name;
}

/** Every source file of the project but its specs. */
export async function sourcePaths(tree: Tree, project: string): Promise<string[]> {
  const found = (await readWorkspace(tree)).projects.get(project);
  const paths: string[] = [];
  tree.getDir(found?.sourceRoot ?? `${found?.root ?? ''}/src`).visit((path) => {
    const isCode = path.endsWith('.ts') && !path.endsWith('.spec.ts') && !path.endsWith('.d.ts');
    if (isCode && !path.includes('/node_modules/')) paths.push(path);
  });
  return paths;
}

/** Follows `main.ts` to the configuration of the application or to its root module. */
export async function findApp(tree: Tree, project: string): Promise<App> {
  const main = await getMainFilePath(tree, project);
  if (!main || !tree.exists(main)) {
    return { kind: 'unusual', path: main, reason: 'no main file was found' };
  }
  try {
    return isStandaloneApp(tree, main) ? findConfig(tree, main) : findModule(tree, main);
  } catch {
    return {
      kind: 'unusual',
      path: main,
      reason: 'no bootstrapApplication or bootstrapModule can be followed',
    };
  }
}

function findConfig(tree: Tree, main: string): App {
  const found = findAppConfig(findBootstrapApplicationCall(tree, main), tree, main);
  const reason = 'its configuration is no object that can be read from bootstrapApplication';
  if (!found) return { kind: 'unusual', path: main, reason };
  const source = readSource(tree, posix.resolve('/', found.filePath));
  // The node came out of another copy of TypeScript, whose numbers for kinds of nodes may differ.
  const config = findAll(source, ts.isObjectLiteralExpression).find(
    (object) => object.getStart() === found.node.getStart(),
  );
  return config ? { kind: 'standalone', source, config } : { kind: 'unusual', path: main, reason };
}

function findModule(tree: Tree, main: string): App {
  const path = posix.resolve('/', getAppModulePath(tree, main));
  const source = readSource(tree, path);
  const [config] = source.statements
    .filter(ts.isClassDeclaration)
    .flatMap((declaration) => ts.getDecorators(declaration) ?? [])
    .map(({ expression }) => expression)
    .filter(ts.isCallExpression)
    .filter(({ expression }) => expression.getText() === 'NgModule')
    .map((call) => call.arguments[0])
    .filter((metadata) => metadata !== undefined && ts.isObjectLiteralExpression(metadata));
  const reason = 'its root module has no metadata that can be read';
  return config ? { kind: 'module', source, config } : { kind: 'unusual', path, reason };
}
