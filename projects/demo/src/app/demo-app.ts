import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { AuthSession } from 'ngx-bearer';
import { ControlDesk } from '../control/control-desk/control-desk';
import { CounterTable } from '../control/counter-table/counter-table';
import { Dashboard } from '../dashboard/dashboard';
import { DocumentForm } from '../depot/document-form/document-form';
import { OrderForm } from '../depot/order-form/order-form';
import { EventLog } from '../event-log/event-log';
import { Restoration } from '../front-desk/restoration';
import { SessionBar } from '../front-desk/session-bar/session-bar';
import { SignInForm } from '../front-desk/sign-in-form/sign-in-form';
import { MessageArea } from '../messages/message-area';
import { SettingsPanel } from '../settings/settings-panel/settings-panel';
import { TimelinePanel } from '../timeline/timeline-panel/timeline-panel';

@Component({
  selector: 'demo-app',
  imports: [
    ControlDesk,
    CounterTable,
    Dashboard,
    DocumentForm,
    EventLog,
    MessageArea,
    OrderForm,
    SessionBar,
    SettingsPanel,
    SignInForm,
    TimelinePanel,
  ],
  templateUrl: './demo-app.html',
  styleUrl: './demo-app.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DemoApp {
  protected readonly signedIn = inject(AuthSession).signedIn;
  protected readonly restoring = inject(Restoration).underWay;
}
