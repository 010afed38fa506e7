import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app';
import { appConfig } from './app-config';
import { browserCookie } from './cookie-storage';
import type { Settings } from './settings';

const settings = (await (await fetch('/config.json')).json()) as Settings;
await bootstrapApplication(App, appConfig(settings, browserCookie()));
