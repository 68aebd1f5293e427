import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  base: '/console/',
  plugins: [react()],
  // the hub puts a fresh nonce in its place with each answer
  html: { cspNonce: '{nonce}' },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
    manifest: 'made/manifest.json',
  },
  worker: { format: 'es' },
});
