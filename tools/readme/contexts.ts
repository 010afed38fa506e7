import type { Block } from './blocks.ts';

const IMPORT = /^import [^;]+;$/gm;

/** What a reader has around a block, and a README would only repeat. */
const contexts: Readonly<Record<string, (code: string) => string>> = {
  'app-config': (code) => `import type { ApplicationConfig } from '@angular/core';\n${code}\n`,

  providers: (code) => `import * as http from '@angular/common/http';
import * as bearer from 'ngx-bearer';
import { dpop } from 'ngx-bearer/dpop';
const { HTTP_INTERCEPTORS, provideHttpClient, withInterceptors, withInterceptorsFromDi } = http;
const { authInterceptor, exchangeToken, postRefreshToken, provideAuth, readTokens } = bearer;
const { AuthError, localTokenStorage, refreshCookie, refreshTokenGrant, sessionTokenStorage } = bearer;
export const providers = [
${code}
];
`,

  spec: inDescribe,
  'lone-spec': inDescribe,

  routes: (code) => `import type { Routes } from '@angular/router';
declare const Orders: new () => object, Admin: new () => object, SignIn: new () => object;
${code}
`,

  'server-routes': (code) => `import { RenderMode, type ServerRoute } from '@angular/ssr';\n${code}\n`,

  component: (code) => {
    const { fields, statements } = members(code);
    return `import { HttpClient } from '@angular/common/http';
import { inject } from '@angular/core';
import { AuthSession, requireAuth, skipAuth } from 'ngx-bearer';
export class Example {
  readonly http = inject(HttpClient);
${fields}
  run(form: Readonly<Record<string, string>>) {
${statements}
  }
}
`;
  },
};

/** The block as a module that compiles. */
export function inContext({ code, context, file, line }: Block): string {
  // What exports nothing is still a module of its own.
  if (context === null) return `${code}\nexport {};\n`;
  const surround = contexts[context];
  if (surround) return surround(code);
  const known = Object.keys(contexts).join(', ');
  throw new Error(`${file}:${line} is compiled in "${context}", which is none of: ${known}.`);
}

/** A reader's specs stand in a `describe`. */
function inDescribe(code: string): string {
  const imports = code.match(IMPORT) ?? [];
  return `/// <reference types="jest" />
${imports.join('\n')}
describe('a guide', () => {
${code.replace(IMPORT, '')}
});
`;
}

/** A block may show a field of a class and, below it, what its methods do. */
function members(code: string): { fields: string; statements: string } {
  const lines = code.split('\n');
  const isInField = lines.map((line) => /^(readonly|private|protected|#)/.test(line));
  lines.forEach((_line, index) => {
    const goesOn = isInField[index - 1] === true && !/;\s*(\/\/.*)?$/.test(lines[index - 1] ?? '');
    if (goesOn) isInField[index] = true;
  });
  const keep = (wanted: boolean) => lines.filter((_line, index) => isInField[index] === wanted).join('\n');
  return { fields: keep(true), statements: keep(false) };
}
