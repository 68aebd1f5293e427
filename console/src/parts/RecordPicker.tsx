// Chooses a record by its name: suggestions of the hub's own search as one types.
import { Select } from 'antd';
import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { trusted } from '../ask';
import { KindMark } from '../kinds';
import { SuggestDocument } from '../made/graphql/graphql';
import { useModel } from '../model';

const PAUSE_MS = 250;

export function RecordPicker({
  label,
  value,
  name,
  onChoose,
}: {
  label: string;
  value?: string | null;
  name?: string | null;
  onChoose: (id: string) => void;
}) {
  const model = useModel();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const [{ data, fetching }] = useQuery({ query: trusted(SuggestDocument), variables: { text: asked }, pause: !asked });
  const found = asked ? (data?.search.edges ?? []) : [];
  const options = found.map(({ node }) => ({
    value: node.id,
    title: model.name(node),
    label: (
      <span className="record-link">
        <KindMark type={node.__typename} />
        {model.name(node)}
      </span>
    ),
  }));
  if (value && !options.some((each) => each.value === value)) {
    options.unshift({ value, title: name ?? value, label: <span>{name ?? value}</span> });
  }
  return (
    <Select
      aria-label={label}
      placeholder={label}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      value={value ?? undefined}
      loading={fetching}
      options={options}
      onChange={onChoose}
      className="picker"
      notFoundContent={null}
    />
  );
}
