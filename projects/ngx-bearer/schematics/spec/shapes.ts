import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Files } from './workspace.ts';

const FOLDER = join(import.meta.dirname, 'shapes');

/**
 * `written`: `--write` puts ngx-bearer in its place. `printed`: it is recognised, and the lines are printed. `not needed`:
 * it is recognised, and holds no token. `none`: it is no gate.
 */
export type Outcome = 'written' | 'printed' | 'not needed' | 'none';

/** One gate, as people write them, and what has to become of it. */
export interface Shape {
  readonly name: string;
  readonly shape: string;
  readonly outcome: Outcome;
  readonly options: object;
  readonly writes: readonly string[];
  readonly notWrites: readonly string[];
  /** What the survey or the refusal says. */
  readonly says: readonly string[];
  /** What its server wants. */
  readonly server: Server | undefined;
  readonly files: Files;
  /** Path aliases. */
  readonly paths: Readonly<Record<string, readonly string[]>>;
}

/** The API that a shape was written for. `$access` and `$refresh` stand for tokens. */
export interface Server {
  readonly signIn?: string;
  readonly refresh: string;
  /** The body of the refresh; none if it has to be empty. */
  readonly wants?: unknown;
  readonly wantsHeaders?: Readonly<Record<string, string>>;
  readonly answers: unknown;
  readonly signInAnswers?: unknown;
  readonly header?: string;
  readonly cookie?: boolean;
  /** The old access token gets the new one. */
  readonly exchange?: boolean;
  /** The status that rejects a token, in place of 401. */
  readonly rejects?: number;
  /** Answers are the token itself. */
  readonly text?: boolean;
}

interface Head extends Partial<Omit<Shape, 'name' | 'files' | 'says'>> {
  readonly shape: string;
  readonly outcome: Outcome;
  readonly with?: readonly string[];
  readonly says?: string | readonly string[];
  /** Where the page sends its requests. */
  readonly base?: string;
  /** The call that signs in, and what it imports. */
  readonly login?: readonly [importLine: string, call: string];
}

export function readShapes(): Shape[] {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'));
  return names.toSorted().map((name) => readShape(name.replace(/\.txt$/, '')));
}

function readShape(name: string): Shape {
  const text = readFileSync(join(FOLDER, `${name}.txt`), 'utf8');
  const end = text.search(/^--- /m);
  const head = JSON.parse(end === -1 ? text : text.slice(0, end)) as Head;
  const common = (head.with ?? []).map((each) => readFileSync(join(FOLDER, 'common', `${each}.txt`), 'utf8'));
  const own = Object.assign({}, ...[...common, text].map(filesIn)) as Record<string, string>;
  const isModule = 'src/app/app.module.ts' in own;
  const paths = head.paths ?? {};
  return {
    options: {},
    writes: [],
    notWrites: [],
    server: undefined,
    ...head,
    name,
    paths,
    says: [head.says ?? []].flat(),
    files: {
      'tsconfig.json': JSON.stringify({ compilerOptions: { paths } }),
      'src/app/app.ts': page(head, isModule),
      'src/main.ts': main(isModule),
      ...own,
    },
  };
}

/** `--- app/x.ts` begins a file. */
function filesIn(text: string): Record<string, string> {
  const parts = text.split(/^--- (.+)\n/m).slice(1);
  const pairs = parts.flatMap((path, index) =>
    index % 2 === 0 ? [[`src/${path}`, parts[index + 1] ?? '']] : [],
  );
  return Object.fromEntries(pairs) as Record<string, string>;
}

function main(isModule: boolean): string {
  return isModule
    ? `import { platformBrowser } from '@angular/platform-browser';
import { AppModule } from './app/app.module';

platformBrowser().bootstrapModule(AppModule);
`
    : `import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app';
import { appConfig } from './app/app.config';

bootstrapApplication(App, appConfig);
`;
}

/** The component that the browser calls: it signs in as the shape does, and sends six requests at once. */
function page({ base = 'https://api.example.com', login }: Head, isModule: boolean): string {
  const [importLine, call] = login ?? [
    "import { AuthService } from './auth.service';",
    'inject(AuthService).login(form)',
  ];
  return `import { HttpClient } from '@angular/common/http';
import { Component, EnvironmentInjector, inject, runInInjectionContext } from '@angular/core';
import { firstValueFrom, from, of } from 'rxjs';
${importLine}

const PATHS = ['products', 'customers', 'orders', 'invoices', 'shipments', 'stock'];

@Component({ selector: 'app-root', template: '', standalone: ${!isModule} })
export class App {
  private readonly http = inject(HttpClient);
  private readonly injector = inject(EnvironmentInjector);

  constructor() {
    Object.assign(globalThis, { shape: this });
  }

  async signIn(): Promise<void> {
    const form = { username: 'clerk', password: 'clerk-pass' };
    const answer: unknown = runInInjectionContext(this.injector, () => ${call});
    await (answer instanceof Promise ? answer : firstValueFrom(from((answer ?? of(undefined)) as never)));
  }

  async storm(): Promise<number[]> {
    const answers = PATHS.map((path) => firstValueFrom(this.http.get<unknown[]>('${base}/' + path)));
    return (await Promise.all(answers)).map(({ length }) => length);
  }
}
`;
}
