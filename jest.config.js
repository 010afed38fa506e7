/** Runs the library's specs in jsdom. The same files run in Chromium through karma.conf.js. */
module.exports = {
  displayName: 'ngx-bearer',
  preset: 'jest-preset-angular',
  // The properties are tried in Chromium, by whose own `URL` tokens go: 10,000 inputs each take jsdom minutes.
  testPathIgnorePatterns: ['\\.properties\\.spec\\.ts$'],
  roots: ['src', 'testing', 'router', 'dpop'].map((folder) => `<rootDir>/projects/ngx-bearer/${folder}`),
  moduleNameMapper: {
    '^ngx-bearer$': '<rootDir>/projects/ngx-bearer/src/public-api.ts',
    '^ngx-bearer/(testing|router|dpop)$': '<rootDir>/projects/ngx-bearer/$1/src/public-api.ts',
  },
  setupFiles: ['<rootDir>/projects/ngx-bearer/jest.web-crypto.js'],
  setupFilesAfterEnv: ['<rootDir>/projects/ngx-bearer/jest.setup.ts'],
  // This package of ECMAScript modules has files named `.js`.
  transformIgnorePatterns: ['node_modules/(?!dpop/|.*\\.mjs$)'],
  transform: {
    '^.+\\.(ts|js|mjs|html)$': [
      'jest-preset-angular',
      { tsconfig: '<rootDir>/projects/ngx-bearer/tsconfig.spec.json', stringifyContentPathRegex: '\\.html$' },
    ],
  },
};
