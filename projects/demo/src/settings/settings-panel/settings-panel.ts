import { DOCUMENT } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { API_URL } from '../../api-url';
import { type DemoSettings, queryFor, type SettingName, settingsFrom } from '../demo-settings';
import { DEMO_SETTINGS } from '../settings-token';
import { settingFields } from './setting-fields';

@Component({
  selector: 'demo-settings-panel',
  templateUrl: './settings-panel.html',
  styleUrl: './settings-panel.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SettingsPanel {
  readonly #location = inject(DOCUMENT).location;
  readonly #apiUrl = inject(API_URL);
  readonly #chosen = signal<DemoSettings>(inject(DEMO_SETTINGS));
  protected readonly fields = settingFields;

  /** A cookie of another host is a third-party cookie, which this server's `SameSite=Lax` keeps at home. */
  protected readonly betterAddress = computed(() => {
    const address = new URL(queryFor(this.#chosen()), this.#location.origin);
    const apiHost = new URL(this.#apiUrl).hostname;
    if (this.#chosen().protocol !== 'cookie' || apiHost === address.hostname) return null;
    address.hostname = apiHost;
    return address.href;
  });

  protected isChosen(name: SettingName, value: string): boolean {
    return this.#chosen()[name] === value;
  }

  protected choose(name: SettingName, value: string): void {
    this.#chosen.update((chosen) => settingsFrom(queryFor({ ...chosen, [name]: value })));
  }

  protected apply(submission: SubmitEvent): void {
    submission.preventDefault();
    this.#location.assign(`/${queryFor(this.#chosen())}`);
  }
}
