// What every answer of our own pages carries.
import { readFileSync } from 'node:fs';

const STYLE = readFileSync(new URL('./style.css', import.meta.url));

/** The headers of a page; `formsLeadTo`: origins to which a submitted form may be redirected. */
export function headers(formsLeadTo = []) {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    `form-action ${["'self'", ...formsLeadTo].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}

export function answer(response, status, page, formsLeadTo) {
  response.writeHead(status, headers(formsLeadTo)).end(page);
}

export function styleSheet(response) {
  const kind = { 'content-type': 'text/css; charset=utf-8', 'x-content-type-options': 'nosniff' };
  response.writeHead(200, kind).end(STYLE);
}
