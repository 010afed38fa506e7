import { type ApplicationRef, mergeApplicationConfig, REQUEST_CONTEXT } from '@angular/core';
import { bootstrapApplication, type BootstrapContext } from '@angular/platform-browser';
import { provideServerRendering, RenderMode, type ServerRoute, withRoutes } from '@angular/ssr';
import { App } from './app';
import { appConfig } from './app-config';
import { requestCookie } from './cookie-storage';
import type { Settings } from './settings';

const routes: ServerRoute[] = [
  { path: '', renderMode: RenderMode.Prerender },
  { path: '**', renderMode: RenderMode.Server, headers: { 'Cache-Control': 'private, no-store' } },
];

const serverConfig = { providers: [provideServerRendering(withRoutes(routes))] };

/** Where nobody asks: at the time of the build. */
const NOBODY: Settings = { apiUrl: 'https://api.invalid', storage: 'cookie', carriesAnswers: false };

/** Runs once for each request. */
export default function bootstrap(context: BootstrapContext): Promise<ApplicationRef> {
  const settings = (context.platformRef.injector.get(REQUEST_CONTEXT) as Settings | null) ?? NOBODY;
  const config = appConfig(settings, requestCookie(context));
  return bootstrapApplication(App, mergeApplicationConfig(config, serverConfig), context);
}
