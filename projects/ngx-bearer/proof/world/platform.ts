import { DOCUMENT, PlatformLocation } from '@angular/common';
import {
  createEnvironmentInjector,
  type EnvironmentInjector,
  Injector,
  NgZone,
  PLATFORM_ID,
  ɵChangeDetectionScheduler as ChangeDetectionScheduler,
  ɵINJECTOR_SCOPE as INJECTOR_SCOPE,
  ɵNoopNgZone as NoopNgZone,
} from '@angular/core';
import { PAGE } from '../program/places.ts';

/** The window of one page: its storage, and how many listen to it. */
export class FakeWindow extends EventTarget {
  listeners = 0;
  localStorage: unknown;
  navigator = {};

  override addEventListener(...given: Parameters<EventTarget['addEventListener']>): void {
    this.listeners++;
    super.addEventListener(...given);
  }

  override removeEventListener(...given: Parameters<EventTarget['removeEventListener']>): void {
    this.listeners--;
    super.removeEventListener(...given);
  }
}

/** The one document; whoever opens a page gives it a window. */
export const document = {
  baseURI: `${PAGE}/`,
  location: { origin: PAGE, href: `${PAGE}/` },
  cookie: '',
  defaultView: null as FakeWindow | null,
};

/** Made once: what Angular itself brings costs more to make than all that the library has. */
export const platform = createEnvironmentInjector(
  [
    { provide: INJECTOR_SCOPE, useValue: 'root' },
    { provide: PLATFORM_ID, useValue: 'browser' },
    { provide: DOCUMENT, useValue: document },
    { provide: PlatformLocation, useValue: document.location },
    // No view is ever drawn; what would draw one brings timers of its own.
    { provide: ChangeDetectionScheduler, useValue: { notify: () => undefined, runningTick: false } },
    { provide: NgZone, useClass: NoopNgZone },
  ],
  Injector.NULL as EnvironmentInjector,
);
