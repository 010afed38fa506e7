import { HostTree } from '@angular-devkit/schematics';
import { SchematicTestRunner, UnitTestTree } from '@angular-devkit/schematics/testing/index.js';
import { join } from 'node:path';

const BUILT = join(import.meta.dirname, '../../../../dist/ngx-bearer/schematics/collection.json');

export type Files = Readonly<Record<string, string>>;

/** What a run of a schematic leaves. */
export interface Run {
  readonly tree: UnitTestTree;
  /** All it said. */
  readonly said: string;
  readonly read: (path: string) => string;
}

const MAIN = `import { bootstrapApplication } from '@angular/platform-browser';
import { appConfig } from './app/app.config';
import { App } from './app/app';

bootstrapApplication(App, appConfig);
`;

const MODULE_MAIN = `import { platformBrowser } from '@angular/platform-browser';
import { AppModule } from './app/app-module';

platformBrowser().bootstrapModule(AppModule);
`;

export const CONFIG = 'src/app/app.config.ts';
export const MODULE = 'src/app/app-module.ts';

/** A standalone application with these providers, and what they import. */
export function standalone(providers: string, imports = ''): Files {
  return {
    'src/main.ts': MAIN,
    [CONFIG]: `import { ApplicationConfig } from '@angular/core';
import { provideRouter } from '@angular/router';
${imports}
export const appConfig: ApplicationConfig = {
  providers: ${providers},
};
`,
  };
}

/** An application of NgModules; `fields` are those of its root module. */
export function modular(fields: string, imports = ''): Files {
  return {
    'src/main.ts': MODULE_MAIN,
    [MODULE]: `import { NgModule } from '@angular/core';
import { BrowserModule } from '@angular/platform-browser';
${imports}
@NgModule({
  declarations: [App],
  ${fields}
  bootstrap: [App],
})
export class AppModule {}
`,
  };
}

/** Runs a schematic as built, in a workspace of these files. */
export async function run(schematic: string, options: object, files: Files | UnitTestTree): Promise<Run> {
  const tree = files instanceof UnitTestTree ? files : workspaceOf(files);
  const runner = new SchematicTestRunner('ngx-bearer', BUILT);
  const messages: string[] = [];
  runner.logger.subscribe(({ message }) => messages.push(message));
  const result = await runner.runSchematic(schematic, options, tree);
  return {
    tree: result,
    said: messages.join('\n'),
    read: (path) => result.readText(path),
  };
}

export function workspaceOf(files: Files): UnitTestTree {
  const tree = new UnitTestTree(new HostTree());
  const projects = { shop: application('') };
  tree.create('angular.json', JSON.stringify({ version: 1, projects }));
  const dependencies = Object.fromEntries(
    ['common', 'core', 'platform-browser', 'router'].map((name) => [`@angular/${name}`, '^22.0.0']),
  );
  tree.create(
    'package.json',
    JSON.stringify({ dependencies: { ...dependencies, '@auth0/angular-jwt': '^5.2.0' } }),
  );
  for (const [path, text] of Object.entries(files)) tree.create(path, text);
  return tree;
}

export function application(root: string) {
  return {
    projectType: 'application',
    root,
    sourceRoot: root ? `${root}/src` : 'src',
    architect: { build: { builder: '@angular/build:application', options: {} } },
  };
}
