// What an agency's provider does: code flow with PKCE, sign-off to and from clients, access tokens for the hub's API.
import { errors } from 'oidc-provider';

import { headers } from './answers.mjs';
import { keptKeys } from './keys.mjs';
import { failure, signedOffPage, signOffPage } from './pages.mjs';

const SCOPES = 'graph:read graph:write personal:read audit:read';
const OPENID_SCOPES = 'openid profile email';
const MINUTES = 60;
const HOURS = 60 * MINUTES;

export function configuration(agency, folder, store) {
  const { keys, cookies } = keptKeys(folder, agency.key);
  const names = Object.fromEntries(['session', 'interaction', 'resume'].map((each) => [each, `bashu_demo_${agency.key}_${each}`]));
  return {
    adapter: (model) => store.adapter(model),
    jwks: { keys },
    cookies: { keys: cookies, names },
    clients: agency.clients.map(client),
    claims: { openid: ['sub'], profile: ['name', 'institution', 'roles'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false, // the claims are in the ID token, as with most agencies' providers
    findAccount: (_context, subject) => account(agency, subject),
    loadExistingGrant: (context) => grant(agency, context),
    interactions: { url: (_context, interaction) => `/${agency.key}/interaction/${interaction.uid}` },
    pkce: { required: () => true },
    responseTypes: ['code'],
    clientBasedCORS: () => false,
    renderError: (context, out) => page(context, failure('登录未成', 'Sign-on failed', `${out.error}: ${out.error_description ?? ''}`)),
    fetch: (url, options) => fetchFromClient(agency, url, options),
    ttl: { AccessToken: 5 * MINUTES, ClientCredentials: 5 * MINUTES, IdToken: 5 * MINUTES, Interaction: HOURS, Session: 12 * HOURS, Grant: 12 * HOURS },
    features: features(agency),
  };
}

function features(agency) {
  return {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (_context, resource, { clientId }) => resourceServer(agency, resource, clientId),
      useGrantedResource: () => true,
    },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (context, form) => page(context, signOffPage(agency, form), origins(agency)),
      postLogoutSuccessSource: (context) => page(context, signedOffPage(agency)),
    },
  };
}

/** A client signs in by its secret, or by a key of which the plan has the public half. */
function client(each) {
  const method = each.secret
    ? { client_secret: each.secret, token_endpoint_auth_method: 'client_secret_basic' }
    : { jwks: each.jwks, token_endpoint_auth_method: 'private_key_jwt' };
  return {
    client_id: each.id,
    ...method,
    grant_types: ['authorization_code', 'client_credentials'],
    response_types: ['code'],
    redirect_uris: each.redirectUris,
    post_logout_redirect_uris: each.postLogoutRedirectUris ?? [],
    ...(each.backchannelLogoutUri && { backchannel_logout_uri: each.backchannelLogoutUri, backchannel_logout_session_required: true }),
  };
}

function account(agency, subject) {
  const person = agency.people.find((each) => each.subject === subject);
  if (!person) return undefined;
  const { name, email, institution, roles } = person;
  return { accountId: subject, claims: () => ({ sub: subject, name, email, email_verified: true, institution, roles }) };
}

/** Nobody is asked for consent: the hub is the agency's own service. */
async function grant(agency, { oidc }) {
  const { clientId } = oidc.client;
  const known = oidc.session.grantIdFor(clientId);
  const found = known && (await oidc.provider.Grant.find(known));
  const given = found || new oidc.provider.Grant({ clientId, accountId: oidc.session.accountId });
  given.addOIDCScope(OPENID_SCOPES);
  for (const resource of resources(agency, clientId)) given.addResourceScope(resource, SCOPES);
  await given.save();
  return given;
}

function resources(agency, clientId) {
  return agency.clients.find((each) => each.id === clientId)?.resources ?? [];
}

function resourceServer(agency, resource, clientId) {
  if (!resources(agency, clientId).includes(resource)) throw new errors.InvalidTarget();
  return { scope: SCOPES, audience: resource, accessTokenFormat: 'jwt', accessTokenTTL: 5 * MINUTES, jwt: { sign: { alg: 'RS256' } } };
}

/** The provider's guard refuses addresses of this machine; the clients of a demonstration live nowhere else. */
function fetchFromClient(agency, url, options) {
  const known = agency.clients.some((each) => each.backchannelLogoutUri === String(url));
  if (!known) throw new Error('the demonstration asks nobody but its clients');
  const { dispatcher: _guard, ...rest } = options;
  return fetch(url, rest);
}

function origins(agency) {
  return agency.clients.flatMap((each) => (each.postLogoutRedirectUris ?? []).map((uri) => new URL(uri).origin));
}

function page(context, text, formsLeadTo) {
  context.set(headers(formsLeadTo));
  context.body = text;
}
