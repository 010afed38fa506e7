import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readEnvironment } from './environment.ts';

describe('the environment', () => {
  it('has defaults', () => {
    assert.deepEqual(readEnvironment({}), {
      apiPort: 3000,
      allowedOrigins: ['http://127.0.0.1:4200', 'http://localhost:4200'],
    });
  });

  it('moves the API and the demo, and allows more origins', () => {
    const variables = {
      API_PORT: '3100',
      PORT: '4300',
      ALLOWED_ORIGINS: 'https://a.example, https://b.example,',
    };
    assert.deepEqual(readEnvironment(variables), {
      apiPort: 3100,
      allowedOrigins: [
        'http://127.0.0.1:4300',
        'http://localhost:4300',
        'https://a.example',
        'https://b.example',
      ],
    });
  });

  for (const text of ['', 'abc', '-1', '70000', '30.5', '0x10']) {
    it(`refuses the port "${text}"`, () => {
      assert.throws(() => readEnvironment({ API_PORT: text }), {
        name: 'TypeError',
        message: `API_PORT is "${text}". Set it to a whole number from 0 to 65535.`,
      });
    });
  }
});
