import { bootstrapApplication } from '@angular/platform-browser';
import { readApiUrl } from './api-url';
import { DemoApp } from './app/demo-app';
import { demoConfig } from './demo-config';
import { settingsFrom } from './settings/demo-settings';

await bootstrapApplication(DemoApp, demoConfig(await readApiUrl(), settingsFrom(location.search)));
