import { Component, inject } from '@angular/core';
import { Scenario } from './scenario';

@Component({
  selector: 'app-root',
  template: `<output>{{ scenario.products.value()?.length }} {{ scenario.shipments()?.length }}</output>`,
})
export class App {
  readonly scenario = inject(Scenario);

  constructor() {
    Object.assign(globalThis, { scenario: this.scenario });
  }
}
