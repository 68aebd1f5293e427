// A question as it is asked from a program: with nothing of the reader's own session in it.
export interface Sample {
  title: string;
  titleEn: string;
  query: string;
  variables?: string;
}

export type Form = 'curl' | 'JS' | 'Python';

export const FORMS: readonly Form[] = ['curl', 'JS', 'Python'];

export function snippet(sample: Sample, form: Form, address: string): string {
  const body = { query: sample.query, ...(sample.variables ? { variables: JSON.parse(sample.variables) } : {}) };
  switch (form) {
    case 'curl':
      return `curl -sS ${shell(address)} \\\n  -H 'Content-Type: application/json' \\\n  -d ${shell(JSON.stringify(body))}`;
    case 'JS':
      return [
        `const response = await fetch(${JSON.stringify(address)}, {`,
        `  method: 'POST',`,
        `  headers: { 'Content-Type': 'application/json' },`,
        `  body: JSON.stringify(${indented(JSON.stringify(body, null, 2), '  ')}),`,
        `});`,
        `console.log(await response.json());`,
      ].join('\n');
    case 'Python':
      return [
        'import json',
        'import urllib.request',
        '',
        `asked = json.loads(${python(JSON.stringify(body))})`,
        `request = urllib.request.Request(`,
        `    ${JSON.stringify(address)},`,
        `    json.dumps(asked).encode(),`,
        `    {"Content-Type": "application/json"},`,
        `)`,
        `print(json.load(urllib.request.urlopen(request)))`,
      ].join('\n');
  }
}

/** One word of a POSIX shell. */
export function shell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function python(text: string): string {
  return JSON.stringify(text); // a JSON text in ASCII quotes is a Python literal too
}

function indented(text: string, by: string): string {
  return text.replaceAll('\n', `\n${by}`);
}
