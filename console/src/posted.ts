// What is sent to the hub beside GraphQL, with its refusals in the words of questions.
import { CombinedError } from 'urql';

/** The answer to a POST. Throws CombinedError, for a refusal with the hub's own errors. */
export async function posted(address: string, body: BodyInit, headers: Record<string, string>): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address, { method: 'POST', body, headers });
  } catch (networkError) {
    throw new CombinedError({ networkError: networkError as Error });
  }
  if (response.ok) return response;
  const told = (await response.json().catch(() => ({}))) as { errors?: [] };
  throw new CombinedError({ graphQLErrors: told.errors, response });
}
