/** jsdom has no Web Crypto but random numbers. Node has all of it, so that the specs of DPoP check real signatures. */
const { createSecretKey, webcrypto } = require('node:crypto');
const { TextDecoder, TextEncoder } = require('node:util');

const { subtle } = webcrypto;

// Node names this class only in its own global scope.
const { constructor: CryptoKey } = createSecretKey(new Uint8Array(32)).toCryptoKey('AES-GCM', false, [
  'encrypt',
]);

/** What Node returns is no `ArrayBuffer` of the page. */
const asInPage = async (answer) => {
  const bytes = new Uint8Array(await answer);
  const buffer = new ArrayBuffer(bytes.length);
  new Uint8Array(buffer).set(bytes);
  return buffer;
};

const value = {
  generateKey: (...details) => subtle.generateKey(...details),
  importKey: (...details) => subtle.importKey(...details),
  exportKey: (...details) => subtle.exportKey(...details),
  verify: (...details) => subtle.verify(...details),
  sign: (...details) => asInPage(subtle.sign(...details)),
  digest: (...details) => asInPage(subtle.digest(...details)),
};
Object.defineProperty(globalThis.crypto, 'subtle', { configurable: true, value });
Object.assign(globalThis, { CryptoKey, TextDecoder, TextEncoder });
