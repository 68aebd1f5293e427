// One agency: its OpenID provider, its sign-in page, and the way to both.
import Provider from 'oidc-provider';

import { answer } from './answers.mjs';
import { configuration } from './configuration.mjs';
import { failure, signInPage } from './pages.mjs';

const FORM_BYTES = 4096;

/** A handler (request, response, path within the agency); raises where the plan is faulty. */
export function openAgency(agency, issuer, folder, store) {
  const provider = new Provider(issuer, configuration(agency, folder, store));
  provider.on('server_error', (_context, error) => console.error(error));
  provider.on('backchannel.error', (_context, error, client) => console.error(`${client.clientId} was not told of a sign-off:`, error.message));
  const atProvider = provider.callback();
  const formsLeadTo = [...new Set(agency.clients.flatMap(addresses).map((each) => new URL(each).origin))];

  return async (request, response, path) => {
    if (/^\/interaction\/[\w-]+$/.test(path)) {
      await signIn(provider, agency, request, response, formsLeadTo);
      return;
    }
    // as a router does that mounts the provider below a path: so it knows its own address
    request.originalUrl = request.url;
    request.url = path;
    await atProvider(request, response);
  };
}

function addresses(client) {
  return [...client.redirectUris, ...(client.postLogoutRedirectUris ?? [])];
}

async function signIn(provider, agency, request, response, formsLeadTo) {
  let interaction;
  try {
    interaction = await provider.interactionDetails(request, response);
  } catch {
    answer(response, 400, failure('此登录页已过期，请从枢纽重新登录', 'This sign-in page has expired; sign on again from the hub'));
    return;
  }
  if (request.method === 'POST') {
    const chosen = new URLSearchParams(await body(request)).get('person');
    await provider.interactionFinished(request, response, result(agency, chosen), { mergeWithLastSubmission: false });
    return;
  }
  const { client_id: client, login_hint: hint } = interaction.params;
  answer(response, 200, signInPage(agency, request.url, client, hint), formsLeadTo);
}

function result(agency, subject) {
  if (agency.people.some((person) => person.subject === subject)) return { login: { accountId: subject } };
  return { error: 'access_denied', error_description: 'nobody was chosen on the sign-in page' };
}

async function body(request) {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > FORM_BYTES) throw new Error('a form of this page is shorter');
  }
  return text;
}
