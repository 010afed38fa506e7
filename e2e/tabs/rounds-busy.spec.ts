import { after } from 'node:test';
import { disconnectBrowser } from '../stage/shared-browser.ts';
import { describeRounds } from './describe-rounds.ts';

after(disconnectBrowser);

describeRounds('busy');
