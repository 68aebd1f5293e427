// GraphiQL's dialogs add a <style> element; this is where they look for the page's nonce.
window.__webpack_nonce__ = document.currentScript.nonce;
