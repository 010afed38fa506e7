import type { Routes } from '@angular/router';
import { ErrandPage } from './errand-page';
import { VisitorPage } from './visitor-page';
import { WelcomePage } from './welcome-page';

export const pages: Routes = [
  { path: '', component: WelcomePage },
  { path: 'visitor', component: VisitorPage },
  { path: 'errand', component: ErrandPage },
];
