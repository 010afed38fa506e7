import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { Dispatcher } from '../../burst/dispatcher';
import { Depot } from '../depot';
import { sha256Of } from '../sha256';

interface Upload {
  readonly words: string;
  readonly sha256: string | null;
}

@Component({
  selector: 'demo-document-form',
  templateUrl: './document-form.html',
  styleUrl: '../write-form.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DocumentForm {
  readonly #depot = inject(Depot);
  readonly #dispatcher = inject(Dispatcher);

  protected readonly upload = signal<Upload | null>(null);

  protected choose(input: HTMLInputElement): void {
    const [file] = input.files ?? [];
    if (!file) return;
    // The same file chosen again is another upload.
    input.value = '';
    this.upload.set({ words: `Sending ${file.name} …`, sha256: null });
    this.#dispatcher.beginBurst();
    this.#dispatcher.send(this.#depot.upload(file), {
      received: (answer) => {
        void this.#compare(file, answer);
      },
      failed: () => {
        this.upload.set({ words: `${file.name} did not arrive.`, sha256: null });
      },
    });
  }

  async #compare(file: File, answer: unknown): Promise<void> {
    const arrived = sha256In(answer);
    const same = arrived === (await sha256Of(file));
    const words = same ? 'arrived byte for byte.' : 'arrived, but not as it left.';
    this.upload.set({ words: `${file.name} ${words}`, sha256: arrived });
  }
}

function sha256In(answer: unknown): string | null {
  if (typeof answer !== 'object' || answer === null || !('sha256' in answer)) return null;
  return typeof answer.sha256 === 'string' ? answer.sha256 : null;
}
