import { Component, inject } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { AuthSession } from 'ngx-bearer';

@Component({
  selector: 'ssr-app',
  imports: [RouterOutlet],
  template: `
    @if (session.signedIn()) {
      <p data-testid="session">signed in, session {{ session.claims()?.['sid'] }}</p>
      <button type="button" data-testid="sign-out" (click)="session.signOut()">Sign out</button>
    } @else {
      <p data-testid="session">signed out</p>
    }
    <router-outlet />
  `,
})
export class App {
  protected readonly session = inject(AuthSession);
}
