// Titles and what is known under each; a row of which nothing is known is left out.
import type { ReactNode } from 'react';

type Row = readonly [title: string, value: ReactNode];

function isKnown(value: ReactNode): boolean {
  return value != null && value !== '' && value !== false && !(Array.isArray(value) && value.length === 0);
}

export function FactRows({ rows, isNarrow }: { rows: readonly Row[]; isNarrow?: boolean }) {
  return (
    <dl className={isNarrow ? 'fact-list narrow-list' : 'fact-list'}>
      {rows
        .filter(([, value]) => isKnown(value))
        .map(([title, value]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
