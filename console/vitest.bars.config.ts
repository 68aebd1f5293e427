import { defineConfig } from 'vitest/config';
import browser from './vitest.browser.config';

export default defineConfig({ test: { ...browser.test, include: ['bars/*.test.ts'] } });
