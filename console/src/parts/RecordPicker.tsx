// Chooses a record by its name: suggestions of the hub's own search as one types (the combobox of the ARIA patterns).
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { trusted } from '../ask';
import { KindMark } from '../kinds';
import { type NounKind, SuggestDocument } from '../made/graphql/graphql';
import { useModel } from '../model';

const PAUSE_MS = 250;

export function RecordPicker({
  label,
  name,
  kinds,
  onChoose,
}: {
  label: string;
  name?: string | null;
  /** Only of these; all without. */
  kinds?: NounKind[];
  onChoose: (id: string, name: string) => void;
}) {
  const { t } = useTranslation();
  const model = useModel();
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [asked, setAsked] = useState('');
  const [current, setCurrent] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed?.trim() ?? ''), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const [{ data }] = useQuery({ query: trusted(SuggestDocument), variables: { text: asked, kinds }, pause: !asked });
  const found = typed !== null && asked ? (data?.search.edges ?? []).map((each) => each.node) : [];
  const choose = (index: number) => {
    const node = found[index];
    if (!node) return;
    setTyped(null);
    setAsked('');
    onChoose(node.id, model.name(node));
  };
  return (
    <div className="picker">
      <input
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded={found.length > 0}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={found.length > 0 ? `${id}-${current}` : undefined}
        autoComplete="off"
        placeholder={t('paths.type')}
        value={typed ?? name ?? ''}
        onChange={(event) => {
          setTyped(event.target.value);
          setCurrent(0);
        }}
        onBlur={() => setTyped(null)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setTyped(null);
          if (event.key === 'Enter' && found.length > 0) {
            event.preventDefault(); // it chooses, and sends no form
            choose(current);
          }
          const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          if (!by) return;
          event.preventDefault();
          setCurrent(Math.max(0, Math.min(found.length - 1, current + by)));
        }}
      />
      <div id={id} role="listbox" aria-label={label} hidden={found.length === 0}>
        {found.map((node, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
          <div
            key={node.id}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(index)}
          >
            <KindMark type={node.__typename} /> {model.name(node)}
          </div>
        ))}
      </div>
    </div>
  );
}
