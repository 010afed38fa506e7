import { createEnvironmentInjector, EnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { afterwards } from './setup';

/** An injector below that of the test, or below another; destroyed when the test is over. */
export function injectorWith(
  providers: Parameters<typeof createEnvironmentInjector>[0],
  parent = TestBed.inject(EnvironmentInjector),
): EnvironmentInjector {
  const injector = createEnvironmentInjector(providers, parent);
  afterwards(() => {
    injector.destroy();
  });
  return injector;
}
