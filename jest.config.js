/** Runs the library's specs in jsdom. The same files run in Chromium through karma.conf.js. */
module.exports = {
  displayName: 'ngx-bearer',
  preset: 'jest-preset-angular',
  // The properties are tried in Chromium, by whose own `URL` tokens go: 10,000 inputs each take jsdom minutes.
  testPathIgnorePatterns: ['\\.properties\\.spec\\.ts$'],
  roots: ['<rootDir>/projects/ngx-bearer/src'],
  setupFilesAfterEnv: ['<rootDir>/projects/ngx-bearer/jest.setup.ts'],
  transform: {
    '^.+\\.(ts|js|mjs|html)$': [
      'jest-preset-angular',
      { tsconfig: '<rootDir>/projects/ngx-bearer/tsconfig.spec.json', stringifyContentPathRegex: '\\.html$' },
    ],
  },
};
