import { InjectionToken } from '@angular/core';
import type { DemoSettings } from './demo-settings';

/** The settings this page was started with. */
export const DEMO_SETTINGS = new InjectionToken<DemoSettings>('the settings of the demo');
