import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['bars/*.test.ts'],
    globalSetup: 'browser/hub.ts',
    fileParallelism: false,
    testTimeout: 400_000,
    hookTimeout: 180_000,
  },
});
